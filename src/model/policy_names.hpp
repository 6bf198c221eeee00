#pragma once

#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "model/policy.hpp"

namespace fleetmeter::model {

/// What the values of a policy's fields are called, in its file, in the store and in answers.
template <class Value>
using Name = std::pair<Value, std::string_view>;
template <class Value>
using Names = std::span<const Name<Value>>;

inline constexpr std::array<Name<ClockField>, 6> kClockFieldNames{
    {{ClockField::starting_at, "startingAt"},
     {ClockField::scheduled_at, "scheduledAt"},
     {ClockField::booted_at, "bootedAt"},
     {ClockField::started_at, "startedAt"},
     {ClockField::stopping_at, "stoppingAt"},
     {ClockField::terminated_at, "terminatedAt"}}};
inline constexpr Names<ClockField> kClockFields{kClockFieldNames};

inline constexpr std::array<Name<std::int64_t>, 7> kStepNames{{{0, "none"},
                                                               {1'000, "second"},
                                                               {60'000, "minute"},
                                                               {360'000, "6m"},
                                                               {900'000, "15m"},
                                                               {1'800'000, "30m"},
                                                               {3'600'000, "hour"}}};
inline constexpr Names<std::int64_t> kSteps{kStepNames};

inline constexpr std::array<Name<Policy::Per>, 2> kStepPerNames{
    {{Policy::Per::process, "process"}, {Policy::Per::line, "line"}}};
inline constexpr Names<Policy::Per> kStepPer{kStepPerNames};

inline constexpr std::array<Name<base::Rounding>, 3> kStepDirectionNames{
    {{base::Rounding::up, "up"},
     {base::Rounding::half_up, "nearest"},
     {base::Rounding::down, "down"}}};
inline constexpr Names<base::Rounding> kStepDirections{kStepDirectionNames};

inline constexpr std::array<Name<bool>, 2> kGbNames{{{false, "GB"}, {true, "GiB"}}};
inline constexpr Names<bool> kGb{kGbNames};

inline constexpr std::array<Name<OpenRule>, 3> kOpenRuleNames{
    {{OpenRule::point, "point"}, {OpenRule::longest, "longest"}, {OpenRule::excluded, "excluded"}}};
inline constexpr Names<OpenRule> kOpenRules{kOpenRuleNames};

inline constexpr std::array<Name<base::Rounding>, 4> kRoundingNames{
    {{base::Rounding::half_even, "half_even"},
     {base::Rounding::half_up, "half_up"},
     {base::Rounding::up, "up"},
     {base::Rounding::down, "down"}}};
inline constexpr Names<base::Rounding> kRoundings{kRoundingNames};

/// The name of a value; "" when it has none.
template <class Value>
[[nodiscard]] constexpr std::string_view name_of(Names<Value> names, const Value& value) {
  for (const auto& [known, name] : names) {
    if (known == value) {
      return name;
    }
  }
  return "";
}

/// The value of a name; nothing when it is none of these.
template <class Value>
[[nodiscard]] constexpr std::optional<Value> find_value(Names<Value> names, std::string_view name) {
  for (const auto& [value, known] : names) {
    if (known == name) {
      return value;
    }
  }
  return std::nullopt;
}

}  // namespace fleetmeter::model
