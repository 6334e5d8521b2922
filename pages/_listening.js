// Hears one workshop's revision and asks for a rerun when the page shows another one.
// A line that breaks is opened again, so a page heals after a cut or a restart.
//
// A tab that nobody sees has no line: a browser gives a server six, and the seventh tab would hang.
//
// It asks only while the page is at rest: a request that overtakes a change of page would carry
// the page that is being left, and the browser would end up with a blank one. And it asks when no
// dialog is open: a page that is drawn again takes its dialog away, with what is half typed there.
const REST = 40 // ms without a running script
const PATIENCE = 5000 // ms that a line may take to open
const SILENT = 31000 // ms; the server says something every 15 s, so the line is dead
const NOTICED = 1500 // ms that a line may be away before the page says so
const AGAIN = 400 // ms between two tries, and as much again by chance; the browser's own grows
const SOON = 400 // ms that Streamlit's own connection may take once the line is back
const PRESSED = 300 // ms in which what was pressed or typed is sent, and may open a dialog
const DEEDS = ["click", "keydown", "focusout"] // each may send something: a text when it is left
const DRAWN = 600 // ms after which what changed is drawn
const IDLE = 500 // ms after which a page that waits gets ready for what comes
const MOVED = "The room has moved on. Reload this page when you have finished typing."
const lines = new WeakMap()
const stages = new Map()
let ready
const app = () => document.querySelector("[data-test-script-state]")
const epoch = (revision) => revision.split("-")[0]
const running = () => app()?.dataset.testScriptState !== "notRunning"
const connected = () => app()?.dataset.testConnectionState === "CONNECTED"

// What the result is drawn by: read at the reveal, it took a fifth of the room's wait, and the
// first picture of a browser twice as long as the next. So it draws one of no workshop, in no page.
async function getReady(scripts, picture) {
  const read = await Promise.all(scripts.map((path) => import(location.origin + path)))
  const { embed, expressionInterpreter: expr } = await Object.values(read.at(-1))[0]()
  // As Streamlit asks it: else a style sheet of its own would stay in the page.
  const how = { ast: true, expr, actions: false, defaultStyle: false, tooltip: { disableDefaultStyle: true } }
  const drawn = await embed(document.createElement("div"), picture, how)
  drawn.finalize()
  performance.mark("drawn ahead")
}

// The pill says it. Streamlit's own dialog covers the page and talks of a terminal.
function dismiss() {
  const dialog = document.querySelector('[role="dialog"]:has([data-testid="stErrorCodeBlock"])')
  dialog?.querySelector("button")?.click()
}

// Streamlit sends what happens in one moment as one request, and to the fragment that spoke first:
// a button outside of it, pressed before the request has left, was pressed for nothing. So ours
// leaves at once, alone.
function alone(ask) {
  const later = window.setTimeout
  let send
  window.setTimeout = (what, ms, ...more) => (ms === 0 ? ((send = what), 0) : later(what, ms, ...more))
  try {
    ask()
  } finally {
    window.setTimeout = later
  }
  send?.()
}

class Line {
  constructor(address, pill, spoken) {
    Object.assign(this, { address, pill, spoken, shown: "", latest: "", ran: Date.now(), cut: false })
    this.room = address.split("?")[0]
    this.watch = new MutationObserver(() => (this.ran = Date.now()))
    const states = { attributes: true, attributeFilter: ["data-test-script-state"] }
    if (app()) this.watch.observe(app(), states)
    this.press = () => (this.ran = Date.now() + PRESSED)
    for (const deed of DEEDS) addEventListener(deed, this.press, true)
    this.dialogs = new MutationObserver(dismiss)
    this.gone = () => this.lost(0)
    addEventListener("offline", this.gone)
    this.turn = () => (document.hidden ? this.rest() : this.lost(NOTICED, 0))
    document.addEventListener("visibilitychange", this.turn)
    this.scheme = matchMedia("(prefers-color-scheme: dark)")
    this.turned = () => this.recolour()
    this.scheme.addEventListener("change", this.turned)
    if (!document.hidden) this.open()
  }

  // Charts are drawn on the server, for the colours it was last told of: ask, and it draws again.
  recolour() {
    clearTimeout(this.recolouring)
    this.recolouring = setTimeout(() => {
      if (this.reopens === "never") return
      if (connected() && !running()) this.tell("changed", this.shown)
      else this.recolour()
    }, SOON)
  }

  open() {
    this.expect(PATIENCE)
    this.source = new EventSource(this.address)
    this.source.onopen = () => this.heard()
    this.source.onerror = () => this.lost(NOTICED)
    this.source.addEventListener("alive", () => this.heard())
    this.source.addEventListener("count", (event) => this.count(JSON.parse(event.data)))
    this.source.onmessage = (event) => {
      this.heard()
      this.latest = event.data
      this.ask()
    }
  }

  heard() {
    clearTimeout(this.away)
    this.expect(SILENT)
    this.lostFor = false
    this.say()
    this.dialogs.disconnect()
    if (this.cut) this.soon = setTimeout(() => this.reopen(), SOON)
    this.cut = false
  }

  // On bad Wi-Fi a line may be dead without a word of it.
  expect(within) {
    clearTimeout(this.silent)
    this.silent = setTimeout(() => this.lost(0), within)
  }

  // Streamlit waits up to four seconds between its tries; opening the page anew is faster.
  reopen() {
    const changed = this.latest !== this.shown
    if (connected() || !(this.reopens === "always" || (this.reopens === "changed" && changed)))
      return
    location.reload()
  }

  // Until somebody looks again. What happened meanwhile is the first thing that the line says then.
  rest() {
    for (const timer of [this.away, this.silent, this.soon, this.later]) clearTimeout(timer)
    this.source?.close()
  }

  lost(after, within = AGAIN * (1 + Math.random())) {
    if (document.hidden) return this.rest()
    clearTimeout(this.soon)
    if (!this.cut) {
      this.cut = true
      this.away = setTimeout(() => {
        this.lostFor = true
        this.say()
      }, after)
      this.dialogs.observe(document.body, { childList: true, subtree: true })
    }
    clearTimeout(this.later)
    this.later = setTimeout(() => {
      this.source?.close()
      this.open()
    }, within)
  }

  ask() {
    clearTimeout(this.again)
    if (!this.latest || this.latest === this.shown) return
    // Somebody may be typing: they are told, and nothing is taken from under them.
    this.moved = this.reopens === "never"
    if (this.moved) return this.say()
    // Another epoch: the server was restarted, and knows nothing of this page's parts.
    if (epoch(this.latest) !== epoch(this.shown)) return location.reload()
    const asked = document.querySelector('[data-testid="stDialog"]')
    const atRest = connected() && !asked && !running() && Date.now() - this.ran >= REST
    if (atRest) this.tell("changed", this.latest)
    // A request that was lost on a broken socket is asked again.
    this.again = setTimeout(() => this.ask(), atRest ? 2000 : REST / 2)
  }

  // Votes come ten times a second: what they move is written here, and no page is drawn for it.
  // A page that was drawn meanwhile may bring what was counted before the last word of the line.
  count(now) {
    if (!now || now.at < (this.counted?.at ?? 0)) return
    this.counted = now
    const { finished, answers, bar } = this.counts
    finished.textContent = now.finished
    answers.textContent = now.answers
    bar.value = now.part
    bar.hidden = !now.answers
  }

  say() {
    if (!this.pill) return // another line of this page says it
    this.pill.textContent = this.lostFor ? "Reconnecting" : MOVED
    this.pill.hidden = !this.lostFor && !this.moved
  }

  // Said only where it changes, once: who opens a page hears what it is by its title and heading.
  // A heading that a tap changed is none of it: the ballot's stands in a part of its own.
  announce(stage) {
    clearTimeout(this.saying)
    this.saying = setTimeout(() => {
      const heading = document.querySelector('[data-testid="stMain"] h1')?.textContent ?? ""
      // The part that listens may be another one in the next stage: the page keeps what was said.
      const before = stages.get(this.room)
      const turned = this.heading !== undefined && heading !== this.heading
      if (before !== undefined && before !== stage) this.spoken.data = stage
      else if (turned) this.spoken.data = heading
      stages.set(this.room, stage)
      this.heading = heading
    }, DRAWN)
  }

  close() {
    clearTimeout(this.saying)
    for (const timer of [this.again, this.recolouring]) clearTimeout(timer)
    for (const deed of DEEDS) removeEventListener(deed, this.press, true)
    removeEventListener("offline", this.gone)
    document.removeEventListener("visibilitychange", this.turn)
    this.scheme.removeEventListener("change", this.turned)
    this.watch.disconnect()
    this.dialogs.disconnect()
    this.rest()
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const pill = parentElement.querySelector(".away")
  const spoken = parentElement.querySelector(".stage")?.firstChild
  const line = lines.get(parentElement) ?? new Line(data.address, pill, spoken)
  lines.set(parentElement, line)
  if (data.counted) {
    const [finished, answers, bar] = ["h2", "p", "progress"].map((part) => parentElement.querySelector(part))
    bar.ariaLabel = "Answers that are in"
    line.counts = { finished, answers, bar }
    line.count(data.counted)
  }
  if (data.onward) {
    line.close()
    location.assign(data.onward)
  }
  line.shown = data.revision
  if (line.latest === line.shown) line.moved = false
  line.say()
  line.reopens = data.reopens
  if (data.stage !== null) line.announce(data.stage)
  ready ??= data.soon && setTimeout(() => getReady(data.soon, data.ahead).catch(() => {}), IDLE)
  line.tell = (...what) => alone(() => setTriggerValue(...what))
  return () => {
    line.close()
    lines.delete(parentElement)
  }
}
