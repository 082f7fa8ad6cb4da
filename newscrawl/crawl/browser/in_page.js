"use strict";
// What newscrawl does in a page, in a world of its own. Changes nothing but what it is asked to bring back.

// every root of a tree: the document, and open shadow trees in it
function* roots(root = document, depth = 0) {
  yield root;
  if (depth > 8) return;
  for (const element of root.querySelectorAll("*")) {
    if (element.shadowRoot) yield* roots(element.shadowRoot, depth + 1);
  }
}

// what lies over a page, and is none of its story
const overlay = "dialog, [role=dialog], [role=alertdialog], [aria-modal=true], [class*=cookie i], [class*=consent i], [id*=cookie i], [id*=consent i]";

// how far the page has come: characters of running text, links, elements
var measure = () => {
  let prose = 0, links = 0, elements = 0;
  for (const root of roots()) {
    for (const block of root.querySelectorAll("p, li, blockquote, h2, h3, td, [class*=paragraph i]")) {
      if (block.querySelector("p, li, a") || block.closest(overlay)) continue;
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

// links that have stood in the page; a list that shows only a part of itself takes them away again
var kept = new Map();
var keep_links = () => {
  for (const root of roots()) {
    for (const link of root.querySelectorAll("a[href]")) {
      if (kept.size < 5000 && !kept.has(link.href)) kept.set(link.href, link.textContent.trim().slice(0, 500));
    }
  }
  return kept.size;
};
var bring_back = () => {
  const there = new Set();
  for (const root of roots()) for (const link of root.querySelectorAll("a[href]")) there.add(link.href);
  const list = document.createElement("ul");
  for (const [href, text] of kept) {
    if (there.has(href)) continue;
    const link = document.createElement("a");
    link.href = href;
    link.textContent = text;
    list.appendChild(document.createElement("li")).appendChild(link);
  }
  if (list.childElementCount && document.body) document.body.appendChild(list);
  return list.childElementCount;
};

const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[\u2018\u2019\u02bc\u00b4]/g, "'").replace(/[\s»›→>▸▶▼↓⟩⟫…+.:]+/g, " ").trim();
const without_count = (text) => fold(text).replace(/[\s(\[]*\d+(?:\s*\/\s*\d+)?[)\]\s]*$/, "").trim();
const is_shown = (element) => {
  const box = element.getBoundingClientRect();
  return box.width > 0 && box.height > 0;
};
// a control that loads more of a list: by its words, or by its name; never in a form or dialog, never a link that leads somewhere
const is_more = (element, phrases) => {
  if (element.closest("form, dialog, [role=dialog], [role=alertdialog], [aria-modal=true]") || element.disabled || !is_shown(element)) return false;
  const text = without_count((element.textContent || element.getAttribute("aria-label") || element.value || "").slice(0, 200));
  if (text.length > 60) return false;
  if (phrases.has(text)) return true;
  const name = `${element.className} ${element.id} ${element.getAttribute("data-testid") || ""}`.replace(/([a-z])([A-Z])/g, "$1-$2");
  return /(?:^|[\s_-])(?:load|show|view|see)[\s_-]?more(?:$|[\s_-])|(?:^|[\s_-])infinite[\s_-]?(?:load|more)/i.test(name);
};
// what a reader's first move does, where a page waits for one
var stir = () => {
  window.scrollBy(0, Math.min(400, window.innerHeight / 2));
  for (const name of ["scroll", "mousemove"]) document.dispatchEvent(new Event(name, {bubbles: true}));
};
// one window's height further down; true at the end of what was there when the steps began
var step_down = (height) => {
  if (window.scrollY + 2 * window.innerHeight >= height) return true;
  window.scrollBy(0, window.innerHeight * 0.9);
  return false;
};
var go_on = (list) => {
  const phrases = new Set(list.map(fold));
  const height = document.documentElement.scrollHeight;
  window.scrollTo(0, height);
  window.dispatchEvent(new Event("scroll"));
  for (const box of document.querySelectorAll("main, [role=main], [role=feed], body > div, body > div > div, [class*=scroll i], [class*=feed i], [class*=list i]")) {
    if (box.scrollHeight > box.clientHeight + 50 && box.clientHeight > 200) box.scrollTop = box.scrollHeight;
  }
  for (const root of roots()) {
    for (const element of root.querySelectorAll("button, [role=button], input[type=button], a:not([href]), a[href=''], a[href^='#'], a[href^='javascript:']")) {
      if (is_more(element, phrases)) {
        element.scrollIntoView();
        element.click();
        return true;
      }
    }
  }
  return false;
};

// what holds the story: the article around the paragraphs that hold most of the running text, else what is around them and no more than that
const story_box = () => {
  const held = new Map();
  for (const root of roots()) {
    for (const paragraph of root.querySelectorAll("p")) {
      const size = paragraph.textContent.trim().length, parent = paragraph.parentElement;
      if (size > 60 && parent) held.set(parent, (held.get(parent) || 0) + size);
    }
  }
  let best = null;
  for (const [element, size] of held) if (!best || size > held.get(best)) best = element;
  if (!best) return null;
  const whole = best.closest("article, [role=article], [itemprop=articleBody]");
  const around = best.parentElement;
  return whole || (around && !around.matches("body, main, [role=main]") ? around : best);
};
const other_part = /comment|related|recommend|advert|sponsor|promo|newsletter|widget|social|share|player|gallery|(?:^|[\s_-])ads?(?:$|[\s_-])/i;
const still_loads = /(?:^|[\s_-])(?:skeleton|shimmer|spinner|loader|loading|placeholder|lazy|ghost)(?:$|[\s_-])/i;
const is_empty = (element) => {
  const text = element.textContent.trim();
  if (text.length >= 60 || element.querySelector("img, picture, video, iframe, input, canvas, form")) return false;
  return !text || element.ariaBusy === "true" || still_loads.test(element.className);
};
// what was in sight and stayed empty is no place for the story
const tried = new WeakSet();
// the next empty box of the story that was never in sight; false when there is none
var into_sight = () => {
  const box = story_box();
  if (!box) return false;
  for (const element of box.querySelectorAll("p, div, section, li, blockquote, figure, [aria-busy=true]")) {
    if (tried.has(element)) continue;
    const place = element.getBoundingClientRect();
    if (!element.getClientRects().length || !is_empty(element) || element.closest("aside, nav, footer, form") || other_part.test(`${element.className} ${element.id}`)) continue;
    for (const inner of element.querySelectorAll("*")) tried.add(inner);
    tried.add(element);
    if (place.bottom >= 0 && place.top < window.innerHeight) continue;
    element.scrollIntoView({block: "center"});
    return true;
  }
  return false;
};

// shadow trees are not part of a page's HTML: their content is put in the place of their host's
const lay_open = (root, depth = 0) => {
  if (depth > 8) return;
  for (const host of root.querySelectorAll("*")) {
    const shadow = host.shadowRoot;
    if (!shadow) continue;
    lay_open(shadow, depth + 1);
    for (const slot of shadow.querySelectorAll("slot")) {
      const given = slot.assignedNodes();
      if (given.length) slot.replaceWith(...given);
    }
    const content = Array.from(shadow.childNodes).filter((node) => node.nodeName !== "STYLE" && node.nodeName !== "LINK");
    host.replaceChildren(...content);
  }
};
var as_it_is = (most) => "<!DOCTYPE html>" + (document.documentElement ? document.documentElement.outerHTML.slice(0, most) : "");
var serialise = (most) => {
  lay_open(document);
  return as_it_is(most);
};
