() => [...document.querySelectorAll('[data-testid=stVegaLiteChart] svg.marks')].map((chart) => {
  const page = chart.getBoundingClientRect()
  const scale = page.width / parseFloat(chart.getAttribute('width'))
  const lines = [...chart.querySelectorAll('text')]
    .flatMap((text) => (text.querySelector('tspan') ? [...text.querySelectorAll('tspan')] : [text]))
    .filter((line) => line.textContent.trim())
  const texts = lines.map((line) => {
    const range = document.createRange()
    range.selectNodeContents(line)
    const box = range.getBoundingClientRect()
    const size = parseFloat(getComputedStyle(line).fontSize)
    const middle = (box.top + box.bottom) / 2 - page.top
    return {
      words: line.textContent,
      size,
      left: (box.left - page.left) / scale,
      right: (box.right - page.left) / scale,
      top: middle / scale - size * 0.36,
      foot: middle / scale + size * 0.36,
    }
  })
  return { width: page.width / scale, height: page.height / scale, bottom: page.bottom, texts }
})
