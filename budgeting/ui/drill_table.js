// A table of amounts with bars, whose names open the next level. All text is set as text, never as
// HTML. The rows arrive formatted; `numbers` are only for sorting.
export default function (component) {
  const { parentElement, setTriggerValue } = component
  const data = JSON.parse(component.data)
  const root = parentElement.querySelector("#root")
  const sorting = (root.sorting ??= { column: null, descending: true })
  if (root.shown !== data.view) {
    root.shown = data.view
    root.isWhole = data.rows.length <= data.first
    sorting.column = null
  }
  const make = (tag, className, text) => {
    const element = document.createElement(tag)
    if (className) element.className = className
    if (text !== undefined) element.textContent = text
    return element
  }

  const trail = make("nav", "trail")
  trail.setAttribute("aria-label", data.words.trail)
  data.trail.forEach((step, index) => {
    if (index) trail.append(make("span", "arrow", "›"))
    const isHere = index === data.trail.length - 1
    const place = make(isHere ? "span" : "button", isHere ? "here" : "link", step)
    if (isHere) place.setAttribute("aria-current", "page")
    else place.onclick = () => setTriggerValue("went_back", index)
    trail.append(place)
  })
  trail.append(make("span", "unit", data.words.unit))

  const table = make("table")
  table.append(make("caption", "unseen", data.words.caption))
  const head = make("tr")
  data.columns.forEach((column, index) => {
    const cell = make("th", column.kind + (column.secondary ? " secondary" : ""))
    cell.scope = "col"
    const isSorted = sorting.column === index
    cell.setAttribute("aria-sort", isSorted ? (sorting.descending ? "descending" : "ascending") : "none")
    const button = make("button", "sort", column.label)
    button.title = data.words.sort
    if (isSorted) button.append(make("span", "arrow", sorting.descending ? " ↓" : " ↑"))
    button.onclick = () => {
      sorting.descending = isSorted ? !sorting.descending : index > 0
      sorting.column = index
      draw()
    }
    cell.append(button)
    head.append(cell)
  })
  const header = make("thead")
  header.append(head)
  const body = make("tbody")
  const foot = make("tfoot")
  table.append(header, body, foot)

  const nameCell = (row) => {
    const cell = make("th", "name")
    cell.scope = "row"
    const label = make(row.opens ? "button" : "span", row.opens ? "link" : "")
    if (row.code && !data.hasLongCodes) label.append(make("span", "code", row.code))
    label.append(make("span", "", row.label))
    if (row.opens) {
      label.title = row.opens
      label.onclick = () => setTriggerValue("opened", row.id)
    }
    cell.append(label)
    if (row.code && data.hasLongCodes) cell.append(make("span", "below", row.code))
    if (row.bar !== null) {
      const track = make("div", "track")
      const bar = make("div", row.bar < 0 ? "bar negative" : "bar")
      bar.style.width = Math.abs(row.bar) * 100 + "%"
      track.append(bar)
      cell.append(track)
    }
    return cell
  }
  const line = (row, isTotal) => {
    const tr = make("tr")
    tr.append(nameCell(row))
    row.cells.forEach((text, index) => {
      const column = data.columns[index + 1]
      const cell = make("td", column.kind + (column.secondary ? " secondary" : ""), text)
      if (!isTotal && row.marks && row.marks[index]) cell.append(make("span", "mark", row.marks[index]))
      tr.append(cell)
    })
    return tr
  }
  const sorted = () => {
    if (sorting.column === null) return data.rows
    const value = (row) => (sorting.column === 0 ? row.label : row.numbers[sorting.column - 1])
    const sign = sorting.descending ? -1 : 1
    return [...data.rows].sort((one, other) => {
      const [a, b] = [value(one), value(other)]
      if (a === null || b === null) return (a === null) - (b === null)
      return sign * (typeof a === "string" ? a.localeCompare(b, data.language) : a - b)
    })
  }
  const draw = () => {
    const rows = root.isWhole ? sorted() : sorted().slice(0, data.first)
    body.replaceChildren(...rows.map((row) => line(row, false)))
    more.hidden = root.isWhole
    ;[...head.children].forEach((cell, index) => {
      const isSorted = sorting.column === index
      cell.setAttribute("aria-sort", isSorted ? (sorting.descending ? "descending" : "ascending") : "none")
      cell.querySelector(".arrow")?.remove()
      if (isSorted)
        cell.firstChild.append(make("span", "arrow", sorting.descending ? " ↓" : " ↑"))
    })
  }
  const more = make("button", "link more", data.words.more)
  more.onclick = () => {
    root.isWhole = true
    draw()
  }
  draw()
  if (data.total) foot.append(line(data.total, true))
  const scroll = make("div", "scroll")
  scroll.tabIndex = 0
  scroll.setAttribute("role", "region")
  scroll.setAttribute("aria-label", data.words.caption)
  scroll.append(table)
  root.replaceChildren(trail, scroll, more)
}
