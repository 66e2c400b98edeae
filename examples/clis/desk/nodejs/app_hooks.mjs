/** Say where you are. */
export function on_where() {
  console.log("at your desk");
}
