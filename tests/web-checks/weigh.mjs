// Weighs what comes over the wire for the first page that somebody opens, and for the next one: headers and bodies of all answers but
// images. It is the weight over HTTP/1.1, without TLS; HTTP/2 makes the headers smaller. Also says how long the first byte takes.
import { findPortal, median, openBrowser, printTable, signIn } from "./portal.mjs";

// In bytes; the first includes style sheets and modules, of which the next needs none again.
const limits = { first: 60_000, next: 25_000 };
const loads = 11;

const portal = await findPortal("http");
const browser = await openBrowser();
const rows = [["page", "requests", "document", "styles", "scripts", "other", "bytes", "limit", "images", "first byte"]];
let isTooHeavy = false;

async function weigh(page, address) {
  const answers = new Map();
  const network = await page.createCDPSession();
  network.on("Network.responseReceived", ({ requestId, type, response }) => {
    answers.set(requestId, { type: response.mimeType.startsWith("image/") ? "Image" : type, bytes: 0 });
  });
  network.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (answers.has(requestId)) answers.get(requestId).bytes = encodedDataLength;
  });
  await network.send("Network.enable");
  await page.goto(address, { waitUntil: "networkidle0" });
  if (page.url() !== address) throw new Error(`${address} led to ${page.url()}.`);
  await network.detach();

  const sent = [...answers.values()].filter(({ bytes }) => bytes > 0);
  const sum = (...types) => sent.filter(({ type }) => types.includes(type)).reduce((total, { bytes }) => total + bytes, 0);
  const [document, styles, scripts, images] = [sum("Document"), sum("Stylesheet"), sum("Script"), sum("Image")];
  const other = sent.reduce((total, { bytes }) => total + bytes, 0) - document - styles - scripts - images;
  return { requests: sent.length, document, styles, scripts, other, images, bytes: document + styles + scripts + other };
}

async function firstByte(page, address) {
  const times = [];
  for (let load = 0; load < loads; load++) {
    await page.goto(address);
    times.push(await page.evaluate(() => {
      const [{ requestStart, responseStart }] = performance.getEntriesByType("navigation");
      return responseStart - requestStart;
    }));
  }
  return `${median(times).toFixed(0)} ms`;
}

async function report(page, name, address, limit) {
  const found = await weigh(page, address);
  isTooHeavy ||= found.bytes > limit;
  rows.push([name, found.requests, found.document, found.styles, found.scripts, found.other, found.bytes, limit, found.images, await firstByte(page, address)]);
}

try {
  const entrance = await browser.newPage();
  const home = await signIn(entrance, portal);

  // The start page has the same style sheets: so the first visit is that of a browser that is signed in and has seen nothing.
  const visitor = await browser.createBrowserContext();
  await visitor.setCookie(...(await browser.cookies()));
  const page = await visitor.newPage();
  await report(page, "dashboard, first visit", home, limits.first);
  await report(page, "Action Center, next page", `${home}/action-center`, limits.next);
} finally {
  await browser.close();
}

printTable(rows);
if (isTooHeavy) console.log("Too heavy.");
process.exit(isTooHeavy ? 1 : 0);
