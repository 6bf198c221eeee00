#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace fleetmeter::store {

/// What the keys in facts of processes stand for. Of each store they stand for something else.
class KeyTexts {
 public:
  virtual ~KeyTexts() = default;

  /// The text of a label; "" for none. The reference lasts as long as this.
  [[nodiscard]] virtual const std::string& label(const std::optional<std::int64_t>& label_key) = 0;
  [[nodiscard]] virtual std::string process_id(std::int64_t process_key) = 0;
};

}  // namespace fleetmeter::store
