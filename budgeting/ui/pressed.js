// Buttons that stand in the HTML of a page. `data-choose` says what one chooses; `data-open` what it
// opens, after what the elements around it say of that, the outermost first.
export default function (component) {
  const pressed = (event) => {
    const button = event.target.closest?.("button[data-choose], button[data-open]")
    if (!button) return
    if (button.dataset.choose) return component.setTriggerValue("chosen", button.dataset.choose)
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
