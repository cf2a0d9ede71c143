// A nicety only: tables marked sortable sort by the column that is clicked. Without scripts they stay as they are.
document.querySelectorAll("table.sortable").forEach(function (table) {
  var heads = Array.from(table.tHead.rows[0].cells);
  var value = function (row, column) {
    var cell = row.cells[column];
    return cell.dataset.value === undefined ? cell.textContent : Number(cell.dataset.value);
  };
  heads.forEach(function (head, column) {
    head.tabIndex = 0;
    head.setAttribute("aria-sort", "none");
    var sort = function () {
      var descending = head.getAttribute("aria-sort") !== "descending";
      heads.forEach(function (other) { other.setAttribute("aria-sort", "none"); });
      head.setAttribute("aria-sort", descending ? "descending" : "ascending");
      var rows = Array.from(table.tBodies[0].rows);
      rows.sort(function (a, b) {
        var x = value(a, column);
        var y = value(b, column);
        var order = typeof x === "number" ? x - y : String(y).localeCompare(String(x));
        return descending ? -order : order;
      });
      rows.forEach(function (row) { table.tBodies[0].appendChild(row); });
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", function (event) {
      if (event.key === "Enter" || event.key === " ") { event.preventDefault(); sort(); }
    });
  });
});
