#include "sql/contract.hpp"

namespace fleetmeter::sql {

namespace {

std::string_view take_word(std::string_view& rest) {
  const std::size_t begin = std::min(rest.find_first_not_of(' '), rest.size());
  rest.remove_prefix(begin);
  const std::size_t end = std::min(rest.find(' '), rest.size());
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(end);
  return word;
}

Declared declared(std::string_view rest) {
  std::string_view name = take_word(rest);
  if (!name.empty() && name.front() == ':') {
    name.remove_prefix(1);
  }
  std::string_view type = take_word(rest);
  const bool is_maybe = type.ends_with('?');
  type.remove_suffix(is_maybe ? 1 : 0);
  const std::size_t begin = std::min(rest.find_first_not_of(' '), rest.size());
  return {std::string(name), std::string(type), is_maybe, std::string(rest.substr(begin))};
}

bool starts(std::string_view line, std::string_view with) {
  return line.substr(0, with.size()) == with;
}

}  // namespace

Contract parse_contract(const SqlText& source) {
  Contract contract;
  std::string_view rest = source.text;
  std::string* continued = &contract.summary;
  while (starts(rest, "--")) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(2, end - 2);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (contract.name.empty()) {
      const std::size_t colon = std::min(line.find(':'), line.size());
      contract.name = line.substr(0, colon);
      line.remove_prefix(std::min(colon + 2, line.size()));
      contract.summary = line;
    } else if (starts(line, "in ")) {
      contract.in.push_back(declared(line.substr(3)));
      continued = &contract.in.back().meaning;
    } else if (starts(line, "out ")) {
      contract.out.push_back(declared(line.substr(4)));
      continued = &contract.out.back().meaning;
    } else if (starts(line, "rows ")) {
      contract.rows = line.substr(5);
      continued = &contract.rows;
    } else if (line == "bulk") {
      contract.is_bulk = true;
    } else if (line.empty()) {
      continued = &contract.notes;
    } else {
      *continued += continued->empty() ? "" : " ";
      *continued += line;
    }
  }
  return contract;
}

}  // namespace fleetmeter::sql
