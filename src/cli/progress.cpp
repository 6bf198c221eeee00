#include "cli/progress.hpp"

#include <unistd.h>

#include <algorithm>
#include <iostream>
#include <string>

#include "cli/output.hpp"

namespace fleetmeter::cli {

namespace {

constexpr std::int64_t kBarWidth = 24;

std::string bar(std::int64_t done, std::int64_t all) {
  const std::int64_t filled =
      std::min(kBarWidth, done * kBarWidth / std::max<std::int64_t>(all, 1));
  return '[' + std::string(static_cast<std::size_t>(filled), '=') +
         std::string(static_cast<std::size_t>(kBarWidth - filled), ' ') + ']';
}

}  // namespace

ProgressLine::ProgressLine(bool wanted) : wanted_(wanted && is_terminal(STDERR_FILENO)) {}

void ProgressLine::show(const IngestProgress& progress) {
  const auto now = Clock::now();
  if (!wanted_ || now < next_) {
    return;
  }
  next_ = now + std::chrono::milliseconds(100);
  shown_ = true;
  const std::int64_t elapsed_ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(now - begin_).count();
  const std::int64_t rate = progress.bytes / std::max<std::int64_t>(elapsed_ms, 1);  // kB a second
  const std::int64_t all = progress.bytes_on_disk;
  std::cerr << "\r\x1b[K";
  // Packed sources hold more bytes than the disk shows; then there is nothing to measure against.
  if (all > 0 && progress.bytes <= all) {
    const std::int64_t left_s = (all - progress.bytes) / std::max<std::int64_t>(rate * 1000, 1);
    std::cerr << bar(progress.bytes, all) << ' ' << progress.bytes * 100 / all << " %  " << left_s
              << " s left  ";
  }
  std::cerr << progress.records << " records  " << rate / 1000 << " MB/s  "
            << progress.source_number << '/' << progress.source_count << std::flush;
}

void ProgressLine::clear() {
  if (shown_) {
    std::cerr << "\r\x1b[K" << std::flush;
    shown_ = false;
  }
}

}  // namespace fleetmeter::cli
