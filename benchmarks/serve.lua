-- For wrk: the requests of a file, a path a line, in turn; "@" in one stands for a number that is
-- never the same.
local paths, number = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    paths[#paths + 1] = line
  end
end

function request()
  number = number + 1
  local path = paths[(number - 1) % #paths + 1]:gsub("@", tostring(number))
  return wrk.format("GET", path, {["Accept"] = "application/sparql-results+json"})
end
