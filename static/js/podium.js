// A presentation and its speaker's window move together: whichever is moved tells the others,
// and a window that opens asks where they are. They are windows of one browser.

export function podium(journey, { here, goTo }) {
  const channel = new BroadcastChannel(`waymark-presentation-${journey}`);
  channel.addEventListener("message", ({ data }) => {
    if (data === "where") channel.postMessage(here());
    else if (Number.isInteger(data) && data !== here()) goTo(data);
  });
  return {
    moved: (at) => channel.postMessage(at),
    ask: () => channel.postMessage("where"),
  };
}
