// What every page needs before Streamlit has drawn anything, and what Streamlit does not do.
//
// In words that an old browser reads too: it stands in the page itself, before any module.
;(function () {
  var PATIENCE = 6000 // ms until a page that is still blank says why
  var LOOK = 500 // ms between two looks
  var html = document.documentElement
  // Streamlit looks for its server under the page's own address first, and waits for that answer
  // and for who may frame it, unless it is told both: nobody else may.
  window.__streamlit = {
    BACKEND_BASE_URL: location.origin + "/",
    HOST_CONFIG: { allowedOrigins: [location.origin], useExternalAuthToken: false },
  }
  var OLD = "This browser cannot show Discovery Room: it may be too old. Update it, or use another one or another device."
  var CUT = "This page is not connected yet. A proxy or another rule of this network may stop it: join the Wi-Fi of the room, switch a VPN off, or use another device."
  var KEPT = " What was called saved stays saved."

  // What the page was given: the window as it would be without a browser's zoom, so that a small
  // window makes a picture smaller, and a zoom makes it larger.
  var BASES = [1, 1.25, 1.5, 1.75, 2, 2.25, 2.5, 3, 3.5]
  var STEPS = [0.25, 1 / 3, 0.5, 2 / 3, 0.75, 0.8, 0.9, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5]
  function near(value, list) {
    for (var n = 0; n < list.length; n++) if (Math.abs(value / list[n] - 1) < 0.03) return list[n]
    return 0
  }
  // A side bar narrows the page as well; but no screen has what is then left of its pixels.
  function zoomed() {
    var dots = window.devicePixelRatio || 1
    var step = near(window.outerWidth / window.innerWidth, STEPS)
    if (step && near(dots / step, BASES)) return step
    var shrunk = screen.width < 1100 && screen.width * dots > 1900
    return shrunk && !matchMedia("(pointer: coarse)").matches ? 1920 / screen.width : 1
  }
  function fit() {
    var zoom = zoomed()
    var wide = window.innerWidth * zoom
    var high = window.innerHeight * zoom
    // Laid out for 1920x1080. A window that is narrow for its height needs less: 1700 px.
    var across = wide / 1700
    var scale = Math.min(across, Math.max(high / 1080, Math.min(0.5, across)))
    // In a hand, or as narrow: it gets sentences and tables, at its own size.
    var held = wide < 640 || (/Mobile/.test(navigator.userAgent) && window.innerWidth <= 700)
    if (held) scale = 1
    html.style.setProperty("--scale", String(Math.round(scale * 1000) / 1000))
    html.style.setProperty("--desk", wide >= 1800 ? "22px" : wide >= 1280 && high > 820 ? "18px" : "16px")
    html.style.setProperty("--wall", held ? "16px" : "28px")
    if (zoom > 1.05) html.setAttribute("data-enlarged", "")
    else html.removeAttribute("data-enlarged")
  }
  fit()
  addEventListener("resize", fit)

  // A conversation stands whole above its controls, or above the edge of a wall that nobody can
  // scroll: where it does not, it is drawn smaller, a step at a time, until its words change.
  var SMALLEST = 0.65
  var tucked = ""
  var share = 1
  function tuck() {
    var card = document.querySelector(".st-key-card")
    if (!card || document.querySelector('[data-testid="stSkeleton"]')) return
    var words = card.textContent + window.innerWidth + " " + window.innerHeight
    if (words !== tucked) share = 1
    tucked = words
    var controls = document.querySelector(".st-key-controls")
    var main = document.querySelector('[data-testid="stMain"]')
    var whole = main.scrollTop > 0 || html.hasAttribute("data-enlarged")
    for (;;) {
      html.style.setProperty("--card", share.toFixed(2))
      var edge = controls ? controls.getBoundingClientRect().top : window.innerHeight
      if (whole || share <= SMALLEST || card.getBoundingClientRect().bottom <= edge + 2) return
      share -= 0.05
    }
  }
  setInterval(tuck, 150)

  // Names of icons are drawn as icons by a font: where it does not come, words stand alone.
  function dressed() {
    if (!document.fonts) return
    document.fonts.load('24px "Material Symbols Rounded"', "arrow").then(function (faces) {
      if (faces.length) html.setAttribute("data-icons", "")
    }, function () {})
  }

  // Until it is connected, Streamlit shows grey bars.
  // A browser that darkens every page leaves the letters of a picture as dark as they were.
  function darkened() {
    var probe = document.createElement("div")
    probe.style.cssText = "display: none; background-color: canvas; color-scheme: light"
    html.appendChild(probe)
    var ground = getComputedStyle(probe).backgroundColor
    var itself = !matchMedia("(forced-colors: active)").matches
    if (itself && ground !== "rgb(255, 255, 255)") html.setAttribute("data-darkened", "")
    html.removeChild(probe)
  }

  function drawn() {
    var parts = document.querySelectorAll('[data-testid="stMain"] [data-testid="stElementContainer"]')
    for (var n = 0; n < parts.length; n++) {
      var part = parts[n].querySelector("[data-testid]")
      if (part && !/Skeleton$/.test(part.getAttribute("data-testid"))) return true
    }
    return false
  }
  function look(since, broken) {
    var words = document.getElementById("first-words")
    var blank = !drawn()
    if (!blank) {
      dressed()
      darkened()
    }
    var started = document.querySelector('[data-testid="stApp"]')
    var late = broken || Date.now() - since > PATIENCE
    if (words) {
      words.hidden = !(blank && late)
      var said = started ? CUT : OLD
      if (!words.hidden && words.firstChild.textContent !== said + KEPT) {
        words.firstChild.textContent = said + KEPT
      }
    }
    if (blank) setTimeout(function () { look(since, broken || failed) }, LOOK)
  }
  var failed = !("noModule" in document.createElement("script"))
  addEventListener("error", function (event) {
    var script = event.target && event.target.tagName === "SCRIPT"
    if (script || event.error instanceof SyntaxError) failed = true
  }, true)
  look(Date.now(), failed)

  // A browser's translation puts <font> in the place of each text that Streamlit holds. What
  // changes later goes into the text that nobody sees any more: so that one comes back first.
  var stead = window.WeakMap && new WeakMap()
  function watch(records) {
    for (var r = 0; r < records.length; r++) {
      var record = records[r]
      for (var n = 0; n < record.removedNodes.length; n++) {
        var text = record.removedNodes[n]
        var beside = [record.addedNodes[0], record.previousSibling, record.nextSibling]
        for (var b = 0; text.nodeType === 3 && b < beside.length; b++) {
          if (!beside[b] || beside[b].nodeName !== "FONT") continue
          stead.set(text, beside[b])
          break
        }
      }
    }
  }
  function comeBack(text) {
    if (watching) watch(watching.takeRecords())
    var font = text && text.nodeType === 3 && !text.parentNode && stead.get(text)
    if (font && font.parentNode) font.parentNode.replaceChild(text, font)
  }
  var watching = stead && window.MutationObserver && new MutationObserver(watch)
  if (watching) {
    watching.observe(document, { childList: true, subtree: true })
    var value = Object.getOwnPropertyDescriptor(Node.prototype, "nodeValue")
    Object.defineProperty(Node.prototype, "nodeValue", {
      configurable: true,
      enumerable: true,
      get: value.get,
      set: function (words) {
        comeBack(this)
        value.set.call(this, words)
      },
    })
    var remove = Node.prototype.removeChild
    Node.prototype.removeChild = function (child) {
      comeBack(child)
      return remove.call(this, child)
    }
    var insert = Node.prototype.insertBefore
    Node.prototype.insertBefore = function (added, before) {
      comeBack(before)
      return insert.call(this, added, before)
    }
  }

  // What is half typed in a form reaches the server by a button of that form alone: when the form
  // is left, one is pressed that nobody sees. A link to another page waits until that run is over:
  // a request for another page that overtakes it, or breaks it off, has none of the text with it.
  var UNSEEN = '[class*="st-key-half-typed-"] button'
  var LISTS = '[role="listbox"], [role="option"], [data-baseweb="calendar"], [role="application"]'
  var GIVES_UP = 2500 // ms after which a link leads on all the same
  var inside = null // the form that was last in hand
  var typed = null // where something was typed or chosen and not sent
  var pointing = false
  function formOf(node) {
    var form = node && node.closest && node.closest('[data-testid="stForm"]')
    return form && form.querySelector(UNSEEN) ? form : null
  }
  function within(node, what) {
    return node && node.closest ? node.closest(what) : null
  }
  // As in _listening.js: alone, before the request of what is pressed next.
  function atOnce(press) {
    var later = window.setTimeout
    var send = null
    window.setTimeout = function (what, ms) {
      if (ms !== 0) return later.apply(window, arguments)
      send = what
      return 0
    }
    try { press() } finally { window.setTimeout = later }
    if (send) send()
  }
  var STATE = "data-test-script-state"
  function lead(link) {
    var app = document.querySelector("[" + STATE + "]")
    var since = Date.now()
    var ran = !app || app.getAttribute(STATE) !== "notRunning"
    var watch = new MutationObserver(function () { ran = true })
    if (app) watch.observe(app, { attributes: true, attributeFilter: [STATE] })
    ;(function look() {
      var over = ran && (!app || app.getAttribute(STATE) === "notRunning")
      if (!over && Date.now() - since < GIVES_UP) return setTimeout(look, 10)
      watch.disconnect()
      link.click()
    })()
  }
  function leave(event) {
    var unseen = document.contains(typed) && typed.querySelector(UNSEEN)
    typed = null
    if (!unseen) return
    var link = event.type === "click" && within(event.target, '[data-testid="stPageLink-NavLink"]')
    if (link && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
      event.preventDefault()
      event.stopImmediatePropagation()
    } else link = null
    if (link) lead(link)
    atOnce(function () { unseen.click() })
  }
  function touched(event) {
    inside = formOf(event.target) || inside
    if (formOf(event.target)) typed = inside
    else alone = event.target
  }
  // Outside of a form a field's text is sent a moment after it is left. A tap leaves it and presses
  // a link in one go: the text, sent after the request for another page, would bring this one back.
  var alone = null // a field outside of every form in which something was typed
  var left = 0 // when it was left
  var SOON = 300 // ms; a hand takes 90 between pressing and letting go, a busy laptop more
  function follows(event) {
    var link = within(event.target, '[data-testid="stPageLink-NavLink"]')
    if (!link || Date.now() - left > SOON || event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    event.stopImmediatePropagation()
    left = 0
    setTimeout(function () { link.click() }, 60)
  }
  addEventListener("input", touched, true)
  addEventListener("keydown", function (event) { if (event.key === "Enter") touched(event) }, true)
  addEventListener("pointerdown", function () { pointing = true }, true)
  addEventListener("pointerup", function () { setTimeout(function () { pointing = false }, 0) }, true)
  addEventListener("click", function (event) {
    follows(event)
    if (within(event.target, '[data-testid="stFormSubmitButton"]')) typed = null
    else if (within(event.target, LISTS)) typed = inside || typed
    else if (!formOf(event.target)) typed && leave(event)
    else if (within(event.target, "label, button")) touched(event)
    else inside = formOf(event.target)
  }, true)
  addEventListener("focusout", function (event) {
    var to = event.relatedTarget
    if (event.target === alone) left = Date.now()
    if (event.target === alone) alone = null
    if (typed && to && !pointing && formOf(to) !== typed && !within(to, LISTS)) leave(event)
  }, true)

  // Nobody touches a laptop that projects: it is asked to stay awake. Only where a browser may.
  var PROJECTED = /^\/(room|gaps|one-domain|how-we-lead|talk|plan|over-time|community|salford|wall)$/
  var lock = null
  var asking = false
  function awake() {
    var wanted = PROJECTED.test(location.pathname) && document.visibilityState === "visible"
    if (!wanted && lock) lock.release()
    if (!wanted || lock || asking || !navigator.wakeLock) return
    asking = true
    navigator.wakeLock.request("screen").then(function (held) {
      asking = false
      lock = held
      held.addEventListener("release", function () { lock = null })
    }, function () { asking = false })
  }
  awake()
  document.addEventListener("visibilitychange", awake)
  setInterval(awake, 2000)
})()
