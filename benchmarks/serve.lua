-- For wrk: the requests of a file, in turn. A line is a path, or a path, a tab and a query, which is
-- posted with line ends written as \n. "@" in a line stands for a number that is never the same.
local lines, number = {}, 0

function init(arguments)
  for line in io.lines(arguments[1]) do
    lines[#lines + 1] = line
  end
end

function request()
  number = number + 1
  local line = lines[(number - 1) % #lines + 1]:gsub("@", tostring(number))
  local path, query = line:match("^(.-)\t(.*)$")
  local headers = {["Accept"] = "application/sparql-results+json"}
  if not path then
    return wrk.format("GET", line, headers)
  end
  headers["Content-Type"] = "application/sparql-query"
  return wrk.format("POST", path, headers, (query:gsub("\\n", "\n")))
end
