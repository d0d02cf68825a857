// A portal and a browser to measure with. The portal is published as it is deployed and runs with the demo data, on a free port, with a
// database that vanishes with it. The first argument can name what there is instead: the address of a portal, or the folder of a
// published one.
import { spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve as resolvePath } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";

const source = fileURLToPath(new URL("../../src/PartnerCenter.Web", import.meta.url));
const usualPlaces = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const administrator = "main form button[name=person][value=global-admin]";

// Whatever ends this process ends the portal, too.
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));

function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "partnercenter-speed-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function publishTo(folder) {
  console.error("Publishing the portal …");
  const { status } = spawnSync("dotnet", ["publish", source, "--configuration", "Release", "--output", folder, "--nologo", "--verbosity", "quiet"], {
    stdio: ["ignore", process.stderr, "inherit"],
  });
  if (status !== 0) throw new Error("The portal could not be published.");
  return folder;
}

// What browsers get from Kestrel over https is HTTP/2. The certificate of developers is one that nobody vouches for.
function certificate(folder) {
  const [file, password] = [join(folder, "portal.pfx"), randomUUID()];
  const { status } = spawnSync("dotnet", ["dev-certs", "https", "--export-path", file, "--password", password], { stdio: "ignore" });
  if (status !== 0) throw new Error("dotnet dev-certs made no certificate.");
  return { Kestrel__Certificates__Default__Path: file, Kestrel__Certificates__Default__Password: password };
}

function start(published, folder, scheme) {
  const portal = spawn("dotnet", ["PartnerCenter.Web.dll"], {
    cwd: published,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      // Only Development has the demo. The files of a published portal are served there as in Production.
      ASPNETCORE_ENVIRONMENT: "Development",
      ASPNETCORE_URLS: `${scheme}://127.0.0.1:0`,
      ...(scheme === "https" ? certificate(folder) : {}),
      ConnectionStrings__PartnerCenter: `Data Source=${join(folder, "portal.db")}`,
      Mail__Folder: join(folder, "mail"),
      // Measuring asks in a minute what people ask in an hour.
      RateLimits__Enabled: "false",
      Serilog__WriteTo__1__Args__path: join(folder, "logs", "portal-.json"),
    },
  });
  process.once("exit", () => portal.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    const lines = createInterface({ input: portal.stdout });
    lines.on("line", (line) => {
      const address = /Now listening on: (https?:\S+)/.exec(line)?.[1];
      if (address) resolve(address);
    });
    portal.once("error", reject);
    portal.once("exit", (code) => reject(new Error(`The portal ended with ${code} before it listened.`)));
  });
}

/** The address of the portal that the command line names, or else of one that is published and started for this. */
export async function findPortal(scheme, argument = process.argv[2]) {
  if (argument && URL.canParse(argument)) return new URL(argument).origin;
  const folder = temporaryFolder();
  // npm runs scripts in their own folder, and says where it was called.
  const published = argument ? resolvePath(process.env.INIT_CWD ?? ".", argument) : publishTo(join(folder, "portal"));
  return start(published, folder, scheme);
}

export function openBrowser() {
  const executablePath = process.env.CHROMIUM_PATH ?? process.env.CHROME_PATH ?? usualPlaces.find((file) => existsSync(file));
  if (!executablePath) throw new Error("No Chromium was found: name its file in CHROMIUM_PATH.");
  return puppeteer.launch({ executablePath, acceptInsecureCerts: true, args: ["--no-sandbox", "--disable-gpu"] });
}

/** Signs in as the Global admin of the demo. The address of the dashboard is where that leads to. */
export async function signIn(page, portal) {
  await page.goto(portal);
  await Promise.all([page.waitForNavigation(), page.click(administrator)]);
  if (!new URL(page.url()).pathname.startsWith("/o/")) throw new Error(`Signing in to ${portal} led to ${page.url()}.`);
  return page.url();
}

export function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => String(row[column]).length)));
  const pad = (cell, column) => (column === 0 ? String(cell).padEnd(widths[column]) : String(cell).padStart(widths[column]));
  for (const row of rows) console.log(row.map(pad).join("  "));
}

export const median = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];
