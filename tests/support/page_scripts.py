"""Scripts of the pages of `tests.scripted`, in JavaScript."""

from __future__ import annotations

FETCH = "fetch('/api/%d').then(answer => answer.json()).then(show);"
SHOW = """
function show(story) {
  const main = document.querySelector('main') || document.getElementById('root');
  main.innerHTML = '<article><h1>' + story.headline + '</h1>' +
    story.paragraphs.map(text => '<p>' + text + '</p>').join('') +
    '<img src="/picture.png"><aside class="newsletter"><p>Sign up for our newsletter</p></aside></article>';
  document.body.insertAdjacentHTML('beforeend', `
    <div role="dialog" aria-modal="true" class="cookie-consent"
        style="position:fixed;bottom:0;background:#fff;border:2px solid">
      <h2>We value your privacy</h2>
      <p>We and our 812 partners store and read information on your device, such as cookies, to show you advertising
      that fits and to measure it. You can change your mind at any time in the settings.</p>
      <button onclick="fetch('/agreed')">Accept all</button> <button onclick="fetch('/agreed')">Load more</button></div>
    <form class="newsletter-modal" action="/agreed"><h3>Never miss a story</h3>
      <p>Get the best of the evening desk in your inbox every day.</p>
      <input name="mail"><button>Subscribe</button></form>`);
}
"""
APPEND = (
    "for (const text of story.paragraphs.slice(1))"
    " document.querySelector('.text').insertAdjacentHTML('beforeend', '<p>' + text + '</p>');"
)
#: Fills each paragraph when it comes into sight; boxes for advertisements stay empty.
IN_SIGHT = """
fetch('/api/%d').then(answer => answer.json()).then(story => {
  document.querySelector('main').innerHTML = '<article><h1>' + story.headline + '</h1>' +
    story.paragraphs.map((_, place) => '<div class="ad-slot" style="height:300px"></div>' +
      '<p data-place="' + place + '" style="min-height:1200px"></p>').join('') + '</article>';
  const seen = new IntersectionObserver(entries => entries.forEach(entry => {
    if (entry.isIntersecting) entry.target.textContent = story.paragraphs[entry.target.dataset.place];
  }));
  for (const paragraph of document.querySelectorAll('p')) seen.observe(paragraph);
});
"""
#: Fetches and appends the next paragraph when the end of the text comes into sight.
IN_CHUNKS = """
const url = '/api/%d'; let next = 0;
document.querySelector('main').innerHTML =
  '<article><h1></h1><div class="text"></div><div class="end" style="height:1px"></div></article>';
async function more() {
  const story = await (await fetch(url)).json();
  document.querySelector('h1').textContent = story.headline;
  if (next >= story.paragraphs.length) return;
  const paragraph = '<p style="min-height:1700px">' + story.paragraphs[next++] + '</p>';
  document.querySelector('.text').insertAdjacentHTML('beforeend', paragraph);
  const end = document.querySelector('.end'), fresh = end.cloneNode();
  end.replaceWith(fresh); seen.observe(fresh);
}
const seen = new IntersectionObserver(entries => { if (entries.some(entry => entry.isIntersecting)) more(); });
seen.observe(document.querySelector('.end'));
"""
#: Fetches more of the front page's list.
MORE = """
  let next = 0, busy = false;
  async function more() {
    if (busy) return; busy = true;
    for (const entry of await (await fetch('/api/list/' + next)).json()) {
      next += 1;
      const link = `<a href="${entry.url}">${entry.title}</a>`;
      document.querySelector('main').insertAdjacentHTML(
        'beforeend', `<article style="height:300px"><h2>${link}</h2></article>`);
    }
    busy = false;
  }
"""
#: What a script does before it shows the story, by kind of article.
BEFORE = {
    "json": "",
    "in parts": "show({headline: 'x', paragraphs: PARTS}); await new Promise(done => setTimeout(done, 900));",
    "behind consent": """
      const text = '<p>We and our partners use cookies to show you advertising and more of it.</p>'.repeat(9);
      document.body.insertAdjacentHTML('beforeend', '<div role=dialog>' + text + '</div>');
      await new Promise(done => setTimeout(done, 1200));
    """,
    "beside an error": "fetch('/broken-weather'); await new Promise(done => setTimeout(done, 1500));",
    "preloaded": "",
    "by cookie": """
      await new Promise(done => {
        const picture = new Image(); picture.onload = picture.onerror = done; picture.src = '/picture.png';
      });
      await new Promise(done => {
        const socket = new WebSocket('ws://' + location.host + '/socket'); socket.onclose = socket.onerror = done;
      });
      if (!(await fetch('/api/wary', {method: 'POST', body: '{}'})).ok) throw 'no cookie';
    """,
    "stirred": "await new Promise(done => addEventListener('scroll', done, {once: true}));",
    "hung": """
      setInterval(() => document.body.append(document.createElement('i')), 50);
      setTimeout(() => { while (true) {} }, 2500);
    """,
    "late": "await new Promise(done => setTimeout(done, 1500));",
    "unsettled": "fetch('/never'); setInterval(() => fetch('/poll'), 300);",
    "dialogs": """
      setTimeout(() => { alert('one'); confirm('two'); prompt('three'); }, 10);
      window.open('/popup'); Notification.requestPermission(); navigator.geolocation.getCurrentPosition(() => 0);
      const link = document.createElement('a'); link.href = '/popup?by=link'; link.target = '_blank';
      document.body.append(link); link.click();
      const file = document.createElement('a'); file.href = '/file.bin'; file.download = 'file.bin';
      document.body.append(file); file.click();
      if (navigator.serviceWorker) navigator.serviceWorker.register('/worker.js').catch(() => 0);
      navigator.sendBeacon('/beacon', 'x'); new WebSocket('ws://' + location.host + '/socket');
      window.onbeforeunload = () => 'stay';
      const loose = document.createElement('a'); loose.href = '/popup?by=loose'; loose.target = '_blank'; loose.click();
    """,
}
#: What the script of a page does that never shows a story, by kind of article.
NEVER = {
    "hang": "while (true) {}",
    "greedy": "const kept = []; while (true) kept.push(new Array(1e6).fill(Math.random()));",
    "away": "location.href = ELSEWHERE;",
    "empty": "document.querySelector('main').innerHTML = '<p>Nothing.</p>';",
}
SPINNER = "<main><div class='spinner'></div></main>"
SHADOW = """
  customElements.define('the-story', class extends HTMLElement {
    connectedCallback() { this.attachShadow({mode: 'open'}).innerHTML = TEXT; }
  });
"""
PROBE = """
  for (const url of URLS) {
    fetch(url, {mode: 'no-cors'}).catch(() => 0);
    new Image().src = url;
    document.head.append(Object.assign(document.createElement('script'), {src: url}));
  }
"""
