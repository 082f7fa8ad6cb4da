"use strict";
// What newscrawl does in a page, in an isolated world. Changes the page only to make it show more, and to read it back.
// Functions declared with `var` are called from rendered_page.py.

// the document and the open shadow trees in it
function* roots(root = document, depth = 0) {
  yield root;
  if (depth > 8) return;
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) yield* roots(element.shadowRoot, depth + 1);
  }
}

// what lies over a page and does not belong to its story
const OVERLAY = [
  "dialog", "[role=dialog]", "[role=alertdialog]", "[aria-modal=true]",
  "[class*=cookie i]", "[class*=consent i]", "[id*=cookie i]", "[id*=consent i]",
].join();

// how far the page has come: characters of running text, links, elements
var measure = () => {
  let prose = 0, links = 0, elements = 0;
  for (const root of roots()) {
    for (const block of root.querySelectorAll("p, li, blockquote, h2, h3, td, [class*=paragraph i]")) {
      if (block.querySelector("p, li, a") || block.closest(OVERLAY)) continue;
      const length = block.textContent.trim().length;
      if (length > 60) prose += length;
    }
    links += root.querySelectorAll("a[href]").length;
    elements += root.querySelectorAll("*").length;
  }
  if (!prose && document.body) {
    const text = document.body.innerText || "";
    for (const line of text.split("\n")) if (line.length > 100) prose += line.length;
  }
  return {prose, links, elements, loading: document.readyState === "loading"};
};

// -- lists --------------------------------------------------------------------------------------

// links that have been in the page: a virtual list removes them again when they are out of sight
var seenLinks = new Map();
var keepLinks = () => {
  for (const root of roots()) {
    for (const link of root.querySelectorAll("a[href]")) {
      if (seenLinks.size < 5000 && !seenLinks.has(link.href)) {
        seenLinks.set(link.href, link.textContent.trim().slice(0, 500));
      }
    }
  }
  return seenLinks.size;
};
// appends the links that the page has removed
var restoreLinks = () => {
  const present = new Set();
  for (const root of roots()) for (const link of root.querySelectorAll("a[href]")) present.add(link.href);
  const list = document.createElement("ul");
  for (const [href, text] of seenLinks) {
    if (present.has(href)) continue;
    const link = document.createElement("a");
    link.href = href;
    link.textContent = text;
    list.appendChild(document.createElement("li")).appendChild(link);
  }
  if (list.childElementCount && document.body) document.body.appendChild(list);
  return list.childElementCount;
};

const fold = (text) =>
  text.normalize("NFKC").toLowerCase().replace(/[\u2018\u2019\u02bc\u00b4]/g, "'")
    .replace(/[\s»›→>▸▶▼↓⟩⟫…+.:]+/g, " ").trim();
const withoutCount = (text) => fold(text).replace(/[\s(\[]*\d+(?:\s*\/\s*\d+)?[)\]\s]*$/, "").trim();
const isShown = (element) => {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0;
};
const NEVER_PRESSED = "form, dialog, [role=dialog], [role=alertdialog], [aria-modal=true]";
const MORE_NAME =
  /(?:^|[\s_-])(?:load|show|view|see)[\s_-]?more(?:$|[\s_-])|(?:^|[\s_-])infinite[\s_-]?(?:load|more)/i;
// is this a control that loads more of a list, by its text or by its class, id or test id?
const loadsMore = (element, phrases) => {
  if (element.closest(NEVER_PRESSED) || element.disabled || !isShown(element)) return false;
  const label = element.textContent || element.getAttribute("aria-label") || element.value || "";
  const text = withoutCount(label.slice(0, 200));
  if (text.length > 60) return false;
  if (phrases.has(text)) return true;
  const name = `${element.className} ${element.id} ${element.getAttribute("data-testid") || ""}`;
  return MORE_NAME.test(name.replace(/([a-z])([A-Z])/g, "$1-$2"));
};
// never a link that leads somewhere
const CONTROLS =
  "button, [role=button], input[type=button], a:not([href]), a[href=''], a[href^='#'], a[href^='javascript:']";
const SCROLL_BOXES = [
  "main", "[role=main]", "[role=feed]", "body > div", "body > div > div",
  "[class*=scroll i]", "[class*=feed i]", "[class*=list i]",
].join();

// does what a reader's first move does, for pages that wait for one
var imitateReader = () => {
  window.scrollBy(0, Math.min(400, window.innerHeight / 2));
  for (const name of ["scroll", "mousemove"]) document.dispatchEvent(new Event(name, {bubbles: true}));
};
// scrolls down by almost a window's height; true at the end of what was there at first, which is `height` pixels high
var scrollStep = (height) => {
  if (window.scrollY + 2 * window.innerHeight >= height) return true;
  window.scrollBy(0, window.innerHeight * 0.9);
  return false;
};
// scrolls the page and the boxes in it to their ends, and presses the first control that loads more
var loadMore = (list) => {
  const phrases = new Set(list.map(fold));
  const height = document.documentElement.scrollHeight;
  window.scrollTo(0, height);
  window.dispatchEvent(new Event("scroll"));
  for (const box of document.querySelectorAll(SCROLL_BOXES)) {
    if (box.scrollHeight > box.clientHeight + 50 && box.clientHeight > 200) box.scrollTop = box.scrollHeight;
  }
  for (const root of roots()) {
    for (const element of root.querySelectorAll(CONTROLS)) {
      if (loadsMore(element, phrases)) {
        element.scrollIntoView();
        element.click();
        return true;
      }
    }
  }
  return false;
};

// -- the story ----------------------------------------------------------------------------------

// the element that contains the story: the article around the parent with most text in paragraphs, else the parent of
// that parent, but nothing as large as the main part of the page
const storyBox = () => {
  const textIn = new Map();
  for (const root of roots()) {
    for (const paragraph of root.querySelectorAll("p")) {
      const size = paragraph.textContent.trim().length, parent = paragraph.parentElement;
      if (size > 60 && parent) textIn.set(parent, (textIn.get(parent) || 0) + size);
    }
  }
  let best = null;
  for (const [element, size] of textIn) if (!best || size > textIn.get(best)) best = element;
  if (!best) return null;
  const article = best.closest("article, [role=article], [itemprop=articleBody]");
  const around = best.parentElement;
  return article || (around && !around.matches("body, main, [role=main]") ? around : best);
};
const BOILERPLATE = new RegExp(
  "comment|related|recommend|advert|sponsor|promo|newsletter|widget|social|share|player|gallery" +
  "|(?:^|[\\s_-])ads?(?:$|[\\s_-])", "i");
const PLACEHOLDER =
  /(?:^|[\s_-])(?:skeleton|shimmer|spinner|loader|loading|placeholder|lazy|ghost)(?:$|[\s_-])/i;
const isEmpty = (element) => {
  const text = element.textContent.trim();
  if (text.length >= 60 || element.querySelector("img, picture, video, iframe, input, canvas, form")) return false;
  return !text || element.ariaBusy === "true" || PLACEHOLDER.test(element.className);
};
// boxes that were in sight once: those that stayed empty are no place for the story
const tried = new WeakSet();
// scrolls to the next empty box of the story that was never in sight; false if there is none
var showNextEmptyBox = () => {
  const story = storyBox();
  if (!story) return false;
  for (const element of story.querySelectorAll("p, div, section, li, blockquote, figure, [aria-busy=true]")) {
    if (tried.has(element)) continue;
    const place = element.getBoundingClientRect();
    if (!element.getClientRects().length || !isEmpty(element)) continue;
    if (element.closest("aside, nav, footer, form") || BOILERPLATE.test(`${element.className} ${element.id}`)) continue;
    for (const inner of element.querySelectorAll("*")) tried.add(inner);
    tried.add(element);
    if (place.bottom >= 0 && place.top < window.innerHeight) continue;
    element.scrollIntoView({block: "center"});
    return true;
  }
  return false;
};

// -- reading back -------------------------------------------------------------------------------

// replaces the content of each shadow host by that of its shadow tree, which is not part of a page's HTML
const flattenShadowTrees = (root, depth = 0) => {
  if (depth > 8) return;
  for (const host of root.querySelectorAll("*")) {
    const shadow = host.shadowRoot;
    if (!shadow) continue;
    flattenShadowTrees(shadow, depth + 1);
    for (const slot of shadow.querySelectorAll("slot")) {
      const assigned = slot.assignedNodes();
      if (assigned.length) slot.replaceWith(...assigned);
    }
    const isStyle = (node) => node.nodeName === "STYLE" || node.nodeName === "LINK";
    host.replaceChildren(...Array.from(shadow.childNodes).filter((node) => !isStyle(node)));
  }
};
// the page as HTML, at most so many characters of it; `snapshot` leaves the page as it is
var snapshot = (most) =>
  "<!DOCTYPE html>" + (document.documentElement ? document.documentElement.outerHTML.slice(0, most) : "");
var serialise = (most) => {
  flattenShadowTrees(document);
  return snapshot(most);
};
