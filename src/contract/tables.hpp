#pragma once

#include "fleetmeter/contract.hpp"
#include "fleetmeter/question.hpp"
#include "store/reader.hpp"

namespace fleetmeter::contract {

/// Hands over all contract tables of what a reader reads. Of the question as-of, grace and lifespan
/// count. Throws Error(usage) on a grain that is no part of a day, and Error(data) when a total is
/// more than 64 bits hold: a database that adds in 64 bits would say something wrong. Rows were
/// handed over then, but meta was not.
void give_tables(const Question& question, const ContractGiven& given, store::Reader& reader,
                 ContractSink& sink);

/// What meta says of all that but for counts and totals, which are 0. Throws Error(usage) likewise.
[[nodiscard]] ContractMeta head(const Question& question, const ContractGiven& given,
                                store::Reader& reader);

/// The digest of all snapshots up to one of them, as they became known.
[[nodiscard]] std::string history_digest(store::Reader& reader, std::int64_t known_seq);

}  // namespace fleetmeter::contract
