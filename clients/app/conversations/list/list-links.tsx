// The links above the conversations: to message requests, and to the threads that one follows.
import { FollowedLink } from "../followed/followed-link.tsx";
import { RequestsLink } from "../requests/requests-link.tsx";

export function ListLinks({ viewerId }: { readonly viewerId: string }) {
  return (
    <>
      <RequestsLink viewerId={viewerId} />
      <FollowedLink viewerId={viewerId} />
    </>
  );
}
