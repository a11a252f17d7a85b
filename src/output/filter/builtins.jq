# What jq has besides its functions and what the crate jaq-core brings; a definition here replaces one there.
# `_guard` stands before whatever an expression can make recurse without end.

# Recursion
def recurse(f): def rec: _guard | ., (f | rec); rec;
def recurse: _descend;
def recurse(f; cond): recurse(f | select(cond));
def recurse_down: recurse;
def repeat(f): def rec: _guard | f, rec; rec;
def while(cond; update): def rec: _guard | if cond then ., (update | rec) else empty end; rec;
def until(cond; update): def rec: _guard | if cond then . else update | rec end; rec;

# Kinds
def null: [][0];
def values: select(. != null);
def nulls: select(. == null);
def booleans: select(type == "boolean");
def numbers: select(type == "number");
def strings: select(type == "string");
def arrays: select(type == "array");
def objects: select(type == "object");
def iterables: select(type | . == "array" or . == "object");
def scalars: select(type | . != "array" and . != "object");
def isfinite: type == "number" and (isinfinite | not);
def finites: select(isfinite);
def normals: select(isnormal);
def toarray: if type == "array" then . else [.] end;
def abs: if type == "number" and . < 0 then -. else . end;
def pow10: exp10;

# Paths
def paths: path(_descend) | select(. != []);
def paths(f): path_value(_descend) | select(.[0] != [] and (.[1] | f)) | .[0];
def leaf_paths: paths(scalars);
def setpath($path; $value): _setpath($path; $value);
def delpaths($paths): _delpaths($paths);
def del(f): delpaths([path(f)]);
def pick(f): . as $top | reduce path(f) as $path (null; setpath($path; $top | getpath($path)));
def tostream:
  path(def rec: _guard | (.[]? | rec), .; rec) as $path
  | getpath($path)
  | reduce path(.[]?) as $last ([$path, .]; [$path + $last]);
def fromstream(f):
  { x: null, e: false } as $init
  | foreach f as $event ($init;
      if .e then $init else . end
      | if $event | length == 2
        then setpath(["e"]; $event[0] | length == 0) | setpath(["x"] + $event[0]; $event[1])
        else setpath(["e"]; $event[0] | length == 1) end;
      if .e then .x else empty end);
def truncate_stream(stream):
  . as $n | null | stream | . as $event
  | if (.[0] | length) > $n then setpath([0]; .[0][$n:]) else empty end;

# Objects
def from_entries:
  reduce .[] as $entry ({};
    . + { ($entry
           | if .key == null then .k // .name // .Name // .K // .Key else .key end
           | if type == "string" then . else tojson end):
          ($entry | if has("value") then .value elif has("v") then .v else .Value end) });
def with_entries(f): to_entries | map(f) | from_entries;
def in(xs): . as $key | xs | has($key);
def inside(xs): . as $part | xs | contains($part);

# Arrays
def add(f): reduce f as $x (null; . + $x);
def add: add(.[]);
def join($separator): _join($separator);
def _flatten($depth):
  _guard | reduce .[] as $x ([];
    if ($x | type) == "array" and $depth != 0 then . + ($x | _flatten($depth - 1)) else . + [$x] end);
def flatten($depth): if $depth < 0 then error("flatten depth must not be negative") else _flatten($depth) end;
def flatten: _flatten(infinite);
def sort_by(f): _sort_by(map([f]));
def group_by(f): _group_by(map([f]));
def unique_by(f): [group_by(f)[] | .[0]];
def unique: unique_by(.);
def min_by(f): sort_by(f) | .[0];
def max_by(f): sort_by(f) | .[-1];
def min: min_by(.);
def max: max_by(.);
def transpose:
  if . == [] then [] else . as $rows | [range(map(length) | max) as $i | [$rows[][$i]]] end;
def index($part): indices($part) | .[0];
def rindex($part): indices($part) | .[-1:][0];
def combinations:
  _guard | if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $rest | [$x] + $rest end;
def combinations($n): . as $items | [range($n) | $items] | combinations;
def IN(xs): any(xs == .; .);
def IN(source; xs): any(source == xs; .);
def INDEX(stream; f): reduce stream as $row ({}; . + { ($row | f | tostring): $row });
def INDEX(f): INDEX(.[]; f);
def JOIN($index; f): [.[] | [., $index[f]]];
def JOIN($index; stream; f): stream | [., $index[f]];
def JOIN($index; stream; f; join): stream | [., $index[f]] | join;

# Formats
def @json: format("json");
def @text: format("text");
def @csv: format("csv");
def @tsv: format("tsv");
def @html: format("html");
def @uri: format("uri");
def @sh: format("sh");
def @base64: format("base64");
def @base64d: format("base64d");

# Regular expressions
def match($regex; $flags): _matches($regex; $flags)[];
def match($regex): if ($regex | type) == "array" then match($regex[0]; $regex[1]) else match($regex; null) end;
def test($regex; $flags): _matches($regex; $flags) | length > 0;
def test($regex): if ($regex | type) == "array" then test($regex[0]; $regex[1]) else test($regex; null) end;
def _captures: [.captures[] | select(.name != null) | { key: .name, value: .string }] | from_entries;
def capture($regex; $flags): match($regex; $flags) | _captures;
def capture($regex): match($regex) | _captures;
def scan($regex; $flags):
  match($regex; "g" + $flags)
  | if .captures == [] then .string else [.captures[].string] end;
def scan($regex): scan($regex; null);
def split($regex; $flags):
  . as $text
  | [0, (match($regex; "g" + $flags) | .offset, .offset + .length), ($text | length)] as $ends
  | [range(0; $ends | length; 2) as $i | $text[$ends[$i]:$ends[$i + 1]]];
def splits($regex; $flags): split($regex; $flags)[];
def splits($regex): splits($regex; null);
def sub($regex; f; $flags):
  . as $text
  | reduce _matches($regex; $flags)[] as $match ([0, ""];
      ($match | _captures | f) as $new
      | [$match.offset + $match.length, .[1] + $text[.[0]:$match.offset] + $new])
  | .[1] + $text[.[0]:];
def sub($regex; f): sub($regex; f; "");
def gsub($regex; f; $flags): sub($regex; f; $flags + "g");
def gsub($regex; f): sub($regex; f; "g");
