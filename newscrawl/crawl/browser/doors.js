"use strict";
// Run in a page before its own scripts: no windows of its own, no files to keep, no beacons. What a reader of the page would see stays the same.
(() => {
  window.open = () => null;
  if (navigator.sendBeacon) navigator.sendBeacon = () => true;
  const leads_out = (link) => link.hasAttribute("download") || (link.target && !["_self", "_top", "_parent"].includes(link.target));
  addEventListener("click", (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement || node instanceof HTMLAreaElement);
    if (link && leads_out(link)) event.preventDefault();
  }, true);
  const click = HTMLElement.prototype.click;
  HTMLElement.prototype.click = function () {
    if (!(this instanceof HTMLAnchorElement && !this.isConnected && leads_out(this))) click.call(this);
  };
})();
