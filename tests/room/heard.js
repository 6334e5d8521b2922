// What a screen reader would say: each change of a live region, also in the parts of a page.
() => {
  window.said = []
  const seen = new Set()
  const region = (node) => {
    for (let at = node; at; at = at.parentElement ?? at.getRootNode().host)
      if (at.nodeType === 1 && /^(status|alert|log)$/.test(at.getAttribute("role"))) return at
  }
  const hook = (root) => {
    if (!seen.has(root)) {
      seen.add(root)
      new MutationObserver((records) => {
        for (const at of new Set(records.map(({ target }) => region(target))))
          if (at && !at.closest("[hidden]")) window.said.push(at.textContent.trim())
      }).observe(root, { childList: true, subtree: true, characterData: true })
    }
    for (const part of root.querySelectorAll("*")) if (part.shadowRoot) hook(part.shadowRoot)
  }
  setInterval(() => hook(document), 80)
}
