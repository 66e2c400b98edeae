/** Say where you are. */
export function on_where(): void {
  console.log("at your desk");
}
