#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "decode/own_time.hpp"
#include "model/record.hpp"

namespace fleetmeter::decode {

/// A document inside an object that is none itself: the list in a wrapper ({"data": [...]}), an
/// envelope in an array, or the text of a log line ({"message": "[...]", "timestamp": ...}).
struct Carried {
  std::string pointer;    ///< of the member that holds it, from the object; "" for the object
  std::string bytes;      ///< the document
  std::size_t begin = 0;  ///< where it stands in the object; of a text, where the text does
  bool is_text = false;   ///< it was a text in JSON, so that its bytes stand nowhere as they are
  model::Instant at_ms;   ///< the object's own time, for a document that says none
  bool is_time_unread = false;  ///< it says one that cannot be read: no other may take its place
  std::optional<bool> capped;
  std::optional<std::string> list_kind;
};

}  // namespace fleetmeter::decode
