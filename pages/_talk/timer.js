// Counts down to the end that the server gave, on this browser's own clock: no request a second.
const timers = new WeakMap()

function said(seconds) {
  const left = Math.max(0, Math.ceil(seconds))
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`
}

class Timer {
  constructor(root) {
    this.root = root
    this.counts = root.querySelector(".counts")
    this.clock = root.querySelector(".clock")
    this.over = root.querySelector(".over")
  }

  // `left` is in seconds as the page was drawn; `ends` tells a timer from the one before it.
  take({ ends, left, counts }) {
    this.counts.textContent = counts
    if (this.ends !== ends) {
      this.ends = ends
      this.until = performance.now() + left * 1000
    }
    clearInterval(this.ticking)
    this.tick()
    this.ticking = setInterval(() => this.tick(), 250)
  }

  tick() {
    const seconds = (this.until - performance.now()) / 1000
    const words = said(seconds)
    if (this.clock.textContent !== words) this.clock.textContent = words
    const over = seconds <= 0 ? "Time" : ""
    if (this.over.textContent !== over) this.over.textContent = over
    this.clock.hidden = seconds <= 0
  }
}

export default function ({ data, parentElement }) {
  const timer = timers.get(parentElement) ?? new Timer(parentElement)
  timers.set(parentElement, timer)
  timer.take(data)
  return () => {
    clearInterval(timer.ticking)
    timers.delete(parentElement)
  }
}
