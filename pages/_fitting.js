// A wall has no hand that would scroll it. A card or a picture that does not fit gives up its grey
// words, and then up to a fifth of its size. What is longer all the same keeps its size and its
// words, and is shown a screenful at a time, as the laptop asks; each begins with the last lines of
// the one before, and all but the last say that there is more.
const OVERLAP = 0.1
const SOON = 120 // ms that a page is left to finish drawing
const SIZES = [1, 0.95, 0.9, 0.85, 0.8]
const walls = new WeakMap()
const scrolled = () => document.querySelector('[data-testid="stMain"]')
const content = () => document.querySelector('[data-testid="stMainBlockContainer"]')
const beyond = (main) => main.scrollHeight - main.clientHeight > 2

// What stands under a card is for the next screenful.
function fits(main) {
  const card = document.querySelector(".st-key-card")
  if (!card) return !beyond(main)
  const top = main.getBoundingClientRect().top - main.scrollTop
  return card.getBoundingClientRect().bottom - top <= main.clientHeight
}

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
    if (this.squeeze(main, root)) this.asItIs(root)
    const height = main.clientHeight
    const step = height * (1 - OVERLAP)
    const screenfuls = beyond(main) ? Math.ceil((main.scrollHeight - height) / step) + 1 : 1
    this.more.hidden = this.screenful + 1 >= screenfuls
    main.scrollTop = Math.min(this.screenful, screenfuls - 1) * step
    if (this.said !== screenfuls) this.tell("screenfuls", (this.said = screenfuls))
  }

  // Tells whether nothing helped.
  squeeze(main, root) {
    this.asItIs(root)
    if (fits(main)) return false
    root.dataset.fit = "words"
    const scale = Number(getComputedStyle(root).getPropertyValue("--scale")) || 1
    return !SIZES.some((size) => {
      content().style.setProperty("--scale", scale * size)
      return fits(main)
    })
  }

  asItIs(root) {
    delete root.dataset.fit
    content().style.removeProperty("--scale")
  }

  close() {
    clearTimeout(this.fitting)
    this.sizes.disconnect()
  }
}

export default function ({ data, parentElement, setStateValue }) {
  const wall = walls.get(parentElement) ?? new Wall()
  walls.set(parentElement, wall)
  wall.more = parentElement.querySelector(".more")
  wall.screenful = data.screenful
  wall.tell = setStateValue
  wall.soon()
  return () => {
    wall.close()
    walls.delete(parentElement)
  }
}
