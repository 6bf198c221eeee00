// fleetmeter-sim: makes archives with known truth.

#include <iostream>

#include "sim/adversarial.hpp"
#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "sim/output.hpp"

namespace {

using namespace fleetmeter;

void write_archive(const sim::CommandLine& line) {
  sim::ArchiveOutput archive(line.out, line.layout);
  std::optional<sim::TruthOutput> truth;
  sim::TruthSink truth_sink;
  if (line.truth) {
    truth.emplace(*line.truth);
    truth_sink = [&](const sim::TrueProcess& process) { truth->write(process); };
  }
  sim::emit_archive(
      line.archive, [&](const sim::Document& document) { archive.write(document); }, truth_sink);
  archive.finish();
  if (truth) {
    truth->finish();
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const sim::CommandLine line =
        sim::parse_command_line(std::vector<std::string>(argv + 1, argv + argc));
    if (line.help) {
      std::cout << sim::help_text();
    } else if (line.adversarial) {
      sim::write_adversarial_archive(line.archive.fleet.seed, line.out);
    } else {
      write_archive(line);
    }
    return 0;
  } catch (const sim::UsageError& failure) {
    std::cerr << "fleetmeter-sim: " << failure.what() << "\nTry: fleetmeter-sim --help\n";
    return 2;
  } catch (const std::exception& failure) {
    std::cerr << "fleetmeter-sim: " << failure.what() << '\n';
    return 74;
  }
}
