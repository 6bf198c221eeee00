#pragma once

#include <cstdint>
#include <optional>

#include "ask/answer.hpp"
#include "ask/process_curve.hpp"
#include "ask/window.hpp"
#include "fleetmeter/question.hpp"
#include "store/reader.hpp"
#include "store/uniting.hpp"

namespace fleetmeter::ask {

/// What is kept of a process whose observations were moved: it tells its curve where that is asked
/// behind the last reading, whatever is believed. Nothing of another one.
[[nodiscard]] std::optional<store::RolledProcess> kept_of(const model::ProcessFacts& facts,
                                                          std::int64_t from_ms,
                                                          store::Reader& reader);

/// The egress of a process; `rolled` is what the rollups know of it, or null.
[[nodiscard]] ProcessCurve curve_of(const model::ProcessFacts& facts,
                                    const store::RolledProcess* rolled, const meter::Belief& belief,
                                    store::Reader& reader);

/// What one process adds is added once, or taken away again.
enum class Sign { add = 1, take_away = -1 };

/// Adds what one process adds to the answer; `rolled` is what the rollups know of it, or null.
void add_process(const model::ProcessFacts& facts, const store::RolledProcess* rolled,
                 const ResolvedWindow& window, store::Reader& reader, Sign sign,
                 Answer<BillingRow>& answer);
void add_process(const model::ProcessFacts& facts, const store::RolledProcess* rolled,
                 const ResolvedWindow& window, store::Reader& reader, Sign sign,
                 Answer<EgressRow>& answer);

/// The same of a process that several stores observed.
void add_united(const store::UnitedProcess& process, const ResolvedWindow& window,
                Answer<BillingRow>& answer);
void add_united(store::UnitedProcess process, const ResolvedWindow& window,
                Answer<EgressRow>& answer);

}  // namespace fleetmeter::ask
