#pragma once

#include <cstdint>

#include "fleetmeter/contract.hpp"
#include "meter/life.hpp"
#include "store/reader.hpp"

namespace fleetmeter::contract {

/// Hands over the rows of `room_stay`, by day and then by process, room and start; how many.
std::int64_t give_stays(store::Reader& reader, const meter::Belief& belief,
                        const ContractGiven& given, ContractSink& sink);

/// Hands over the rows of `poll`, by time and then by app and region, up to the as-of; how many.
std::int64_t give_polls(store::Reader& reader, const meter::Belief& belief,
                        const ContractGiven& given, ContractSink& sink);

}  // namespace fleetmeter::contract
