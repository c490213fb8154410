// Buttons that stand in the HTML of a page. `data-choose` says what one chooses; `data-open` what it
// opens, after what the elements around it say of that, the outermost first.
export default function (component) {
  const pressed = (event) => {
    const button = event.target.closest?.("button[data-choose], button[data-open]")
    if (!button) return
    if (button.dataset.choose) {
      stayAt(button)
      return component.setTriggerValue("chosen", button.dataset.choose)
    }
    const parts = []
    for (let at = button; at; at = at.parentElement?.closest("[data-open]"))
      if (at.dataset.open) parts.unshift(at.dataset.open)
    component.setTriggerValue("opened", parts.join("&"))
  }
  document.removeEventListener("click", document.paritetPressed)
  document.paritetPressed = pressed
  document.addEventListener("click", pressed)
  return () => document.removeEventListener("click", pressed)
}

// The answer writes the HTML anew: the same choice, if it is still there, is open and has the focus.
function stayAt(button) {
  const changes = new MutationObserver(() => {
    if (button.isConnected) return
    const found = [...document.querySelectorAll("details.choices button")].find(
      (other) => other.dataset.choose === button.dataset.choose
    )
    if (!found) return
    changes.disconnect()
    found.closest("details").open = true
    found.focus()
  })
  if (!button.closest("details.choices")) return
  changes.observe(document.body, { childList: true, subtree: true })
  setTimeout(() => changes.disconnect(), 10_000)
}
