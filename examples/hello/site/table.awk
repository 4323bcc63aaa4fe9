# Rows of an almanac's table to an HTML table, with the length of the day in hours and minutes.
BEGIN {
  FS = "\t"
  print "<table>"
  print "<tr><th>day<th>dawn<th>sunrise<th>noon<th>sunset<th>dusk<th>daylight</tr>"
}

{
  printf "<tr><td>%s<td>%s<td>%s<td>%s<td>%s<td>%s<td>%d:%02d</tr>\n", $1, $2, $3, $4, $5, $6, int($7 / 60), $7 % 60
}

END {
  print "</table>"
}
