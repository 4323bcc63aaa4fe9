#!/bin/sh
# render.sh TABLES PUBLIC: a page for each table and one that lists them.
set -eu

tables=$1
public=$2

page() { # TITLE, with the body on standard input
  sed "s|@TITLE@|$1|; /@BODY@/,\$d" page.html
  cat
  sed '1,/@BODY@/d' page.html
}

mkdir -p "$public"
cp style.css "$public/"

for table in "$tables"/*.tsv; do
  slug=$(basename "$table" .tsv)
  city=$(head -n 1 "$table" | cut -f 1)
  mkdir "$public/$slug"
  tail -n +2 "$table" | awk -f table.awk | page "The sun in $city" >"$public/$slug/index.html"
  printf '<li><a href="%s/">%s</a></li>\n' "$slug" "$(head -n 1 "$table" | sed 's|\t|, |')"
done >links.html

{ cat greeting.html; echo '<ul>'; cat links.html; echo '</ul>'; } | page 'Hello, sun' >"$public/index.html"
