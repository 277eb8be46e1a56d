// Les textes du choix, du cadrage et de l’envoi d’une image.

export const picture = {
  drop: "Déposez une image ici, ou collez-la.",
  choose: "Choisir une image",
  camera: "Prendre une photo",
  formats: "JPEG, PNG, WebP, GIF ou AVIF",
  unreadable:
    "Ce fichier n’est pas une image que l’on peut lire ici. Choisissez du JPEG, du PNG ou du WebP.",
  frame: "Partie de l’image qui sera visible",
  cropHint:
    "Faites glisser l’image, ou utilisez les flèches du clavier. Zoomez avec le curseur, la molette, ou + et −.",
  zoom: "Zoom",
  other: "Choisir une autre image",
  use: "Utiliser cette image",
  sending: "Envoi de l’image",
  paused: "La connexion a été perdue. Ce qui est déjà envoyé est conservé.",
  goOn: "Réessayer",
  refused: "L’image a été refusée.",
  looking: "L’image est en cours de vérification. Elle apparaît ici dans un instant.",
  late: "La vérification de l’image prend plus de temps que d’habitude. Elle apparaîtra dès qu’elle sera finie.",
  refusals: {
    UNSUPPORTED_KIND: "Ce type de fichier ne peut pas servir d’image.",
    TOO_LARGE: "L’image est trop lourde.",
    KIND_MISMATCH: "Le fichier n’est pas du type d’image qu’il indique.",
    SIZE_MISMATCH: "L’image n’est pas arrivée en entier. Envoyez-la de nouveau.",
    HASH_MISMATCH: "L’image a été modifiée en chemin. Envoyez-la de nouveau.",
    TOO_MANY_PIXELS: "L’image a trop de pixels.",
    TOO_LONG: "Ce n’est pas une image.",
    BROKEN: "Le fichier est endommagé.",
    UNPROCESSABLE: "L’image n’a pas pu être lue à temps.",
    INFECTED: "Un virus a été trouvé dans le fichier.",
    NOT_SCANNED: "Le fichier est trop lourd pour la recherche de virus.",
  },
  problems: {
    StorageFullProblem: "Vous venez d’envoyer beaucoup d’images. Réessayez plus tard.",
    TooManyUploadsProblem: "Vous avez commencé trop d’envois. Réessayez plus tard.",
    UploadEndedProblem: "L’envoi a pris trop de temps. Envoyez l’image de nouveau.",
    EventCancelledProblem: "L’événement est annulé. Plus rien n’y change.",
    NotAllowedProblem: "Vous ne pouvez pas changer cette image.",
    DirectConversationProblem: "Une conversation à deux n’a pas d’image à elle.",
    EmailNotVerifiedProblem: "Confirmez d’abord votre adresse e-mail.",
  },
};
