// Hears one workshop's revision and asks for a rerun when the page shows another one.
// EventSource reconnects by itself, so a page heals after a cut or a restart.
//
// It asks only while the page is at rest: a request that overtakes a change of page would carry
// the page that is being left, and the browser would end up with a blank one.
const REST = 150 // ms without a running script
const lines = new WeakMap()
const app = () => document.querySelector("[data-test-script-state]")
const epoch = (revision) => revision.split("-")[0]
const running = () => app()?.dataset.testScriptState !== "notRunning"

function listenTo(address, pill) {
  const line = { shown: "", latest: "", tell: () => {} }
  let away
  let ran = Date.now()
  const watch = new MutationObserver(() => (ran = Date.now()))
  if (app()) watch.observe(app(), { attributes: true, attributeFilter: ["data-test-script-state"] })

  line.open = () => {
    line.source = new EventSource(address)
    line.source.onmessage = (event) => {
      line.latest = event.data
      line.ask()
    }
    line.source.onopen = () => {
      clearTimeout(away)
      pill.hidden = true
    }
    line.source.onerror = () => {
      clearTimeout(away)
      away = setTimeout(() => (pill.hidden = false), 1500)
      // After an answer that is no stream (a proxy's 502) the browser would not try again.
      if (line.source.readyState === EventSource.CLOSED) line.later = setTimeout(line.open, 2000)
    }
  }
  line.ask = () => {
    clearTimeout(line.again)
    // Another epoch: the server was restarted, and knows nothing of this page's parts.
    if (line.latest && epoch(line.latest) !== epoch(line.shown)) return location.reload()
    if (!line.latest || line.latest === line.shown) return
    const atRest = !running() && Date.now() - ran >= REST
    if (atRest) line.tell("changed", line.latest)
    // A request that was lost on a broken socket is asked again.
    line.again = setTimeout(line.ask, atRest ? 2000 : REST / 2)
  }
  line.close = () => {
    clearTimeout(line.again)
    clearTimeout(away)
    clearTimeout(line.later)
    watch.disconnect()
    line.source.close()
  }
  line.open()
  return line
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const line =
    lines.get(parentElement) ?? listenTo(data.address, parentElement.querySelector(".away"))
  lines.set(parentElement, line)
  if (data.onward) {
    line.close()
    location.assign(data.onward)
  }
  line.shown = data.revision
  line.tell = setTriggerValue
  return () => {
    line.close()
    lines.delete(parentElement)
  }
}
