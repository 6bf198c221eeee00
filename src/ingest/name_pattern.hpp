#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/name_time.hpp"

namespace fleetmeter::ingest {

/// What the path of a source says of its documents.
struct PathSays {
  base::NameTime time;
  std::string app;
  std::string region;
  std::string list;
};

/// A pattern for paths, like `apps/{app}/{region}/{list}-{time}.json`: it is held against as many
/// components at the end of a path as it has itself. {time} is a time as names write them, {epoch}
/// a unix time in seconds or milliseconds, {app}, {region} and {list} are what they are called,
/// and {*} is anything; none of them reaches over a `/`.
class NamePattern {
 public:
  /// Throws Error(usage) when a field is unknown, stands twice, or is not closed.
  explicit NamePattern(const std::string& text);

  /// What a path says; nothing when it does not match. `zone` is that of times without one.
  [[nodiscard]] std::optional<PathSays> read(std::string_view path, const base::Zone* zone) const;

 private:
  enum class Field { literal, time, epoch, app, region, list, anything };
  struct Piece {
    Field field = Field::literal;
    std::string text;  ///< of a literal
  };

  [[nodiscard]] static Field field_called(const std::string& name);
  void add_field(const std::string& name);
  [[nodiscard]] bool match(std::size_t piece, std::string_view rest, std::string_view before,
                           const base::Zone* zone, PathSays& out) const;
  [[nodiscard]] static bool take(Field field, std::string_view text, std::string_view before,
                                 const base::Zone* zone, PathSays& out);

  std::vector<Piece> pieces_;
  std::size_t components_ = 1;
};

}  // namespace fleetmeter::ingest
