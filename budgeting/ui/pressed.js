// Buttons that stand in the HTML of a page. `data-choose` says what one chooses; `data-open` what it
// opens, after what the elements around it say of that, the outermost first.
export default function (component) {
  let choice = ""
  const pressed = (event) => {
    const button = event.target.closest?.("button[data-choose], button[data-open]")
    if (!button) return
    choice = button.dataset.choose ?? ""
    if (choice) return component.setTriggerValue("chosen", choice)
    const parts = []
    for (let at = button; at; at = at.parentElement?.closest("[data-open]"))
      if (at.dataset.open) parts.unshift(at.dataset.open)
    component.setTriggerValue("opened", parts.join("&"))
  }

  // An answer writes the HTML anew: the line of choices stays as open as it was, and the focus where
  // it was.
  let line = document.querySelector("details.choices")
  let isOpen = line?.open ?? false
  const toggled = (event) => {
    if (event.target === line) isOpen = line.open
  }
  const changes = new MutationObserver(() => {
    const found = document.querySelector("details.choices")
    if (!found || found === line) return
    line = found
    line.open = isOpen
    const again = [...line.querySelectorAll("button")].find((one) => one.dataset.choose === choice)
    if (document.activeElement === document.body) again?.focus()
  })

  document.paritetPressed?.()
  document.addEventListener("click", pressed)
  document.addEventListener("toggle", toggled, true)
  changes.observe(document.body, { childList: true, subtree: true })
  document.paritetPressed = () => {
    document.removeEventListener("click", pressed)
    document.removeEventListener("toggle", toggled, true)
    changes.disconnect()
  }
  return document.paritetPressed
}
