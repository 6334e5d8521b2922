// As a browser's own translation does it: each text goes, and a <font> with other words stays.
() => {
  const change = (text) => {
    if (!text.nodeValue.trim()) return
    if (text.parentElement?.closest("font, script, style, textarea, svg")) return
    const [outer, inner] = [document.createElement("font"), document.createElement("font")]
    inner.textContent = text.nodeValue
    outer.append(inner)
    text.replaceWith(outer)
  }
  const walk = (node) => {
    const [walker, texts] = [document.createTreeWalker(node, 4), []]
    while (walker.nextNode()) texts.push(walker.currentNode)
    texts.forEach(change)
  }
  walk(document.body)
  new MutationObserver((records) => {
    for (const record of records)
      for (const node of record.addedNodes)
        if (node.isConnected && node.nodeName !== "FONT")
          node.nodeType === 3 ? change(node) : node.nodeType === 1 && walk(node)
  }).observe(document.body, { childList: true, subtree: true })
}
