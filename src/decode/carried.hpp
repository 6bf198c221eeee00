#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "decode/own_time.hpp"
#include "model/record.hpp"

namespace fleetmeter::decode {

/// A document that stands inside an object, while the object is no document itself. The object may
/// be a wrapper (`{"data": [...]}`), an element of an array that is an envelope, or a log line
/// whose text is the document (`{"message": "[...]", "timestamp": ...}`).
struct Carried {
  std::string pointer;    ///< from the object to the member that holds it; "" for the object
  std::string bytes;      ///< the document
  std::size_t begin = 0;  ///< where in the object it begins, or the text that holds it
  std::size_t end = 0;    ///< where that ends
  bool is_text = false;   ///< it was a text in JSON: its own bytes are not those of the source
  model::Instant at_ms;   ///< the time that the object says, for a document that says none
  /// The object says a time that cannot be read. No other time may take its place.
  bool is_time_unread = false;
  std::optional<bool> capped;
  std::optional<std::string> list_kind;
  std::optional<std::string> list_app;  ///< of a log line, counts beside a list_kind, as the next
  std::optional<std::string> list_region;
  bool scope_unread = false;  ///< one of the two is no text
};

}  // namespace fleetmeter::decode
