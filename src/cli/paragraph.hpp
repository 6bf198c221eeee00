#pragma once

#include <cstddef>
#include <string>

namespace fleetmeter::cli {

/// A text in lines that fit 80 columns, each behind so many spaces.
[[nodiscard]] std::string paragraph(const std::string& text, std::size_t indent);

}  // namespace fleetmeter::cli
