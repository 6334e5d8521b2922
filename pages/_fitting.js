// A wall has no hand that would scroll it. What does not fit gives up, in this order, its grey
// words, the words of its axes, and up to a fifth of its size; what is still longer is shown a
// screenful at a time, as the laptop asks. Each screenful begins with the last lines of the one before.
const STEPS = 3
const OVERLAP = 0.1
const SOON = 120 // ms that a page is left to finish drawing
const SIZES = [0.95, 0.9, 0.85, 0.8]
const walls = new WeakMap()
const scrolled = () => document.querySelector('[data-testid="stMain"]')
const content = () => document.querySelector('[data-testid="stMainBlockContainer"]')
const beyond = (main) => main.scrollHeight - main.clientHeight > 2

class Wall {
  constructor() {
    this.sizes = new ResizeObserver(() => this.soon())
    for (const part of [content(), scrolled()]) if (part) this.sizes.observe(part)
  }

  soon() {
    clearTimeout(this.fitting)
    this.fitting = setTimeout(() => this.fit(), SOON)
  }

  fit() {
    const main = scrolled()
    const root = document.documentElement
    if (!main) return
    root.dataset.fit = 0
    content().style.removeProperty("--scale")
    const scale = Number(getComputedStyle(root).getPropertyValue("--scale")) || 1
    for (let step = 1; step < STEPS && beyond(main); step += 1) root.dataset.fit = step
    for (const size of SIZES) {
      if (!beyond(main)) break
      content().style.setProperty("--scale", scale * size)
    }
    const height = main.clientHeight
    const step = height * (1 - OVERLAP)
    const screenfuls = beyond(main) ? Math.ceil((main.scrollHeight - height) / step) + 1 : 1
    main.scrollTop = Math.min(this.screenful, screenfuls - 1) * step
    if (this.said !== screenfuls) this.tell("screenfuls", (this.said = screenfuls))
  }

  close() {
    clearTimeout(this.fitting)
    this.sizes.disconnect()
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const wall = walls.get(parentElement) ?? new Wall()
  walls.set(parentElement, wall)
  wall.screenful = data.screenful
  wall.tell = setStateValue
  wall.soon()
  return () => {
    wall.close()
    walls.delete(parentElement)
  }
}
