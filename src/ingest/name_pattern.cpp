#include "ingest/name_pattern.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"

namespace fleetmeter::ingest {

namespace {

Error wrong(const std::string& what) {
  return {ErrorKind::usage, spelled(Term::name_pattern) + ": " + what};
}

/// The last `count` components of a path, and what stands before them.
std::pair<std::string_view, std::string_view> split_tail(std::string_view path, std::size_t count) {
  std::size_t begin = path.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (begin == 0) {
      return {{}, {}};
    }
    const std::size_t slash = path.find_last_of('/', begin - 1);
    begin = slash == std::string_view::npos ? 0 : slash;
  }
  const std::size_t from = begin < path.size() && path[begin] == '/' ? begin + 1 : begin;
  return {path.substr(0, begin), path.substr(from)};
}

}  // namespace

NamePattern::Field NamePattern::field_called(const std::string& name) {
  static const std::array<std::pair<const char*, Field>, 6> kFields{{{"time", Field::time},
                                                                     {"epoch", Field::epoch},
                                                                     {"app", Field::app},
                                                                     {"region", Field::region},
                                                                     {"list", Field::list},
                                                                     {"*", Field::anything}}};
  for (const auto& [known, field] : kFields) {
    if (name == known) {
      return field;
    }
  }
  throw wrong("no such field ({" + base::printable(name) +
              "}); there are {time}, {epoch}, {app}, {region}, {list} and {*}");
}

NamePattern::NamePattern(const std::string& text) {
  std::string literal;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '{') {
      literal += text[at];
      components_ += text[at] == '/' ? 1U : 0U;
      continue;
    }
    const std::size_t end = text.find('}', at);
    if (end == std::string::npos) {
      throw wrong("a { without its } (" + base::printable(text) + ")");
    }
    pieces_.push_back({Field::literal, std::exchange(literal, "")});
    add_field(text.substr(at + 1, end - at - 1));
    at = end;
  }
  pieces_.push_back({Field::literal, literal});
}

void NamePattern::add_field(const std::string& name) {
  const Field field = field_called(name);
  const bool is_twice = field != Field::anything &&
                        std::any_of(pieces_.begin(), pieces_.end(),
                                    [&](const Piece& piece) { return piece.field == field; });
  if (is_twice) {
    throw wrong("{" + name + "} stands twice");
  }
  pieces_.push_back({field, ""});
}

std::optional<PathSays> NamePattern::read(std::string_view path, const base::Zone* zone) const {
  const auto [before, tail] = split_tail(path, components_);
  PathSays out;
  return match(0, tail, before, zone, out) ? std::optional(std::move(out)) : std::nullopt;
}

/// Whether the pieces from `piece` on are all of `rest`. A time takes as much as it can, so that it
/// keeps its seconds and its zone; any other field as little.
bool NamePattern::match(std::size_t piece, std::string_view rest, std::string_view before,
                        const base::Zone* zone, PathSays& out) const {
  if (piece == pieces_.size()) {
    return rest.empty();
  }
  const Piece& one = pieces_[piece];
  if (one.field == Field::literal) {
    return rest.starts_with(one.text) &&
           match(piece + 1, rest.substr(one.text.size()), before, zone, out);
  }
  const std::size_t most = std::min(rest.find('/'), rest.size());
  const bool is_time = one.field == Field::time || one.field == Field::epoch;
  for (std::size_t tried = 1; tried <= most; ++tried) {
    const std::size_t size = is_time ? most + 1 - tried : tried;
    if (match(piece + 1, rest.substr(size), before, zone, out) &&
        take(one.field, rest.substr(0, size), before, zone, out)) {
      return true;
    }
  }
  return false;
}

bool NamePattern::take(Field field, std::string_view text, std::string_view before,
                       const base::Zone* zone, PathSays& out) {
  switch (field) {
    case Field::time: {
      base::NameTime time =
          base::find_time_in_name(std::string(before) + '/' + std::string(text), zone);
      const bool is_all = time.text == text && time.kind != base::NameTime::Kind::none;
      if (is_all) {
        out.time = std::move(time);
      }
      return is_all;
    }
    case Field::epoch:
      if (text.find_first_not_of("0123456789") != std::string_view::npos) {
        return false;
      }
      out.time = base::find_time_in_name(text);
      return out.time.ms.has_value();
    case Field::app:
      out.app = text;
      return true;
    case Field::region:
      out.region = text;
      return true;
    case Field::list:
      out.list = text;
      return true;
    case Field::anything:
    case Field::literal:
      break;
  }
  return true;
}

}  // namespace fleetmeter::ingest
