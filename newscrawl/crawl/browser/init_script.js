"use strict";
// Runs in a page before the page's own scripts: prevents new windows, downloads and beacons. What a reader would see of
// the page stays the same.
(() => {
  window.open = () => null;
  if (navigator.sendBeacon) navigator.sendBeacon = () => true;
  const opensOrDownloads = (link) =>
    link.hasAttribute("download") || (link.target && !["_self", "_top", "_parent"].includes(link.target));
  const isLink = (node) => node instanceof HTMLAnchorElement || node instanceof HTMLAreaElement;
  addEventListener("click", (event) => {
    const link = event.composedPath().find(isLink);
    if (link && opensOrDownloads(link)) event.preventDefault();
  }, true);
  // the click of a link outside of the document does not reach the listener
  const click = HTMLElement.prototype.click;
  HTMLElement.prototype.click = function () {
    if (!(this instanceof HTMLAnchorElement && !this.isConnected && opensOrDownloads(this))) click.call(this);
  };
})();
