#include "normalise/rows.hpp"

#include <type_traits>
#include <utility>

#include "model/record.hpp"
#include "model/text_arena.hpp"
#include "support/catch.hpp"

namespace fleetmeter::normalise {

TEST_CASE("rows: attributes are the same when they say the same, of whichever process") {
  model::ProcessAttributes a;
  model::ProcessAttributes b;
  a.process_id = "a";
  b.process_id = "b";
  b.placeholder_times = 1;
  CHECK(same_attributes(a, b));
  b.summary_exit_reason = "";
  CHECK_FALSE(same_attributes(a, b));
  a.summary_exit_reason = "";
  CHECK(same_attributes(a, b));
  a.additional_exposed_ports.push_back({"game", "udp", "host", 1});
  CHECK_FALSE(same_attributes(a, b));
}

// What is compared are all values, because the compiler writes the comparison.
static_assert(std::is_base_of_v<model::AttributeValues, model::ProcessAttributes>);

TEST_CASE("rows: texts stay where they are when what holds them is moved") {
  model::TextArena from(16);
  const std::string_view kept = from.keep("kept");
  model::TextArena to = std::move(from);
  CHECK(from.keep("another") == "another");  // NOLINT: it is empty, and may be used again
  CHECK(to.keep("behind it") == "behind it");
  CHECK(kept == "kept");
  from = std::move(to);
  CHECK(to.keep("anew") == "anew");  // NOLINT
  CHECK(kept == "kept");
}

}  // namespace fleetmeter::normalise
