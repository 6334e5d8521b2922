// Hears one workshop's revision and asks for a rerun when the page shows another one.
// EventSource reconnects by itself, so a page heals after a cut or a restart.
const lines = new WeakMap()

function listenTo(address, pill) {
  const line = { shown: "", latest: "", tell: () => {}, source: new EventSource(address) }
  let away
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
  }
  line.ask = () => {
    if (line.latest && line.latest !== line.shown) line.tell("changed", line.latest)
  }
  // A request that was lost on a broken socket is asked again.
  line.again = setInterval(line.ask, 2000)
  return line
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const pill = parentElement.querySelector(".away")
  const line = lines.get(parentElement) ?? listenTo(data.address, pill)
  lines.set(parentElement, line)
  line.shown = data.revision
  line.tell = setTriggerValue
  return () => {
    clearInterval(line.again)
    line.source.close()
    lines.delete(parentElement)
  }
}
