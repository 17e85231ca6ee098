/** The levels below the category, in one lazy chunk: the group's dashboard does not wait for them. */
export { Products } from "./Products";
export { ProductView } from "./ProductView";
export { Tickets } from "./Tickets";
export { TicketView } from "./TicketView";
