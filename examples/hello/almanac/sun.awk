# Reads cities and writes tables/<slug>.tsv: for each day of `year` the dawn, sunrise, noon, sunset and dusk in the
# city's standard time, and the minutes of daylight. "-" where the sun does not rise or does not set that day.
# The sun's place is the low-accuracy series of the Astronomical Almanac (page C5), good to 0.01 degrees until 2050.
# busybox's awk may be built without a mathematics library (FEATURE_AWK_LIBM), so sine and root are our own.

BEGIN {
  FS = ","
  horizon = sine(-0.833) # the upper edge of the disc, refraction included
  twilight = sine(-6) # civil
  split("31 28 31 30 31 30 31 31 30 31 30 31", length_of, " ")
  if (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) length_of[2] = 29
}

NR > 1 {
  file = "tables/" slug($1) ".tsv"
  printf "%s\t%s\n", $1, $2 > file
  for (month = 1; month <= 12; month++)
    for (day = 1; day <= length_of[month]; day++)
      printf "%d-%02d-%02d\t%s\n", year, month, day, times($3, $4, $5, days_since_2000(year, month, day)) > file
  close(file)
}

# Days from noon of 1 January 2000 to midnight (UTC) of a date of the Gregorian calendar.
function days_since_2000(y, m, d) {
  return 367 * y - int(7 * (y + int((m + 9) / 12)) / 4) + int(275 * m / 9) + d - 730531.5
}

# The row of a day. The sun is highest near 12 h by the meridian; from there we look half a day back and forth.
function times(latitude, longitude, offset, midnight,   noon, row, rise, set) {
  midnight -= offset / 24
  noon = highest(longitude, midnight + (12 + offset) / 24 - longitude / 360)
  rise = crossing(latitude, longitude, horizon, noon - 0.5, noon)
  set = crossing(latitude, longitude, horizon, noon + 0.5, noon)
  row = clock(crossing(latitude, longitude, twilight, noon - 0.5, noon), midnight) "\t" clock(rise, midnight)
  row = row "\t" clock(noon, midnight) "\t" clock(set, midnight)
  row = row "\t" clock(crossing(latitude, longitude, twilight, noon + 0.5, noon), midnight)
  if (rise == "" || set == "") return row "\t" (height(latitude, longitude, noon) > horizon ? 1440 : 0)
  return row "\t" int((set - rise) * 1440 + 0.5)
}

# Places the sun at a moment: sets `hour_angle` in degrees and `declination` as its sine.
function place(longitude, moment,   anomaly, ecliptic, ascension) {
  anomaly = 357.528 + 0.9856003 * moment
  ecliptic = 280.460 + 0.9856474 * moment + 1.915 * sine(anomaly) + 0.020 * sine(2 * anomaly)
  ascension = ecliptic - 2.466 * sine(2 * ecliptic) + 0.053 * sine(4 * ecliptic)
  declination = 0.39777 * sine(ecliptic)
  hour_angle = turn(280.46062 + 360.98564737 * moment + longitude - ascension)
}

# The sine of the sun's height above the horizon.
function height(latitude, longitude, moment) {
  place(longitude, moment)
  return sine(latitude) * declination + cosine(latitude) * root(1 - declination * declination) * cosine(hour_angle)
}

# The moment of the meridian, from one at most a quarter of an hour away.
function highest(longitude, moment,   i) {
  for (i = 0; i < 3; i++) {
    place(longitude, moment)
    moment -= hour_angle / 360.98564737
  }
  return moment
}

# The moment between `low` and `high` when the sun passes a height, to ten seconds; "" when it does not.
function crossing(latitude, longitude, wanted, low, high,   i, middle) {
  if (height(latitude, longitude, low) > wanted || height(latitude, longitude, high) < wanted) return ""
  for (i = 0; i < 12; i++) {
    middle = (low + high) / 2
    if (height(latitude, longitude, middle) < wanted) low = middle
    else high = middle
  }
  return middle
}

function clock(moment, midnight,   minutes) {
  if (moment == "") return "-"
  minutes = int((moment - midnight) * 1440 + 0.5 + 1440) % 1440
  return sprintf("%02d:%02d", int(minutes / 60), minutes % 60)
}

# Of an angle in degrees: Taylor's series within a quarter turn, to seven digits.
function sine(angle,   x, square) {
  angle = turn(angle)
  if (angle > 90) angle = 180 - angle
  if (angle < -90) angle = -180 - angle
  x = angle * 0.017453292519943
  square = x * x
  return x * (1 - square / 6 * (1 - square / 20 * (1 - square / 42 * (1 - square / 72 * (1 - square / 110)))))
}

function cosine(angle) {
  return sine(90 - angle)
}

# Newton's method, for numbers between 0.8 and 1.
function root(x,   guess) {
  guess = (1 + x) / 2
  guess = (guess + x / guess) / 2
  return (guess + x / guess) / 2
}

# An angle between -180 and 180 degrees.
function turn(angle) {
  angle -= 360 * int(angle / 360)
  return angle > 180 ? angle - 360 : angle < -180 ? angle + 360 : angle
}

function slug(name) {
  name = tolower(name)
  gsub(/á|ã/, "a", name)
  gsub(/í/, "i", name)
  gsub(/ø/, "o", name)
  gsub(/[^a-z0-9]+/, "-", name)
  return name
}
