// The texts of ticket types: kinds of seats with their prices.

export const ticketTypes = {
  free: "Free",
  price: "{{price}} a seat, paid at the door",
  total: "{{price}} in all, paid at the door",
};
