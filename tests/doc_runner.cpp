// Runs the examples of a Markdown page: in every ```console block, each `$ command` must print
// exactly the lines that follow it. All blocks share one fresh folder. With --update the page is
// rewritten with what the commands printed. A block that begins with a language and a name, such as
// ```json polls.json, is the file of that name there.
//
//   doc_runner BIN_DIR PAGE.md [--update]

#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string output_of(const std::string& command) {
  std::string output;
  FILE* pipe = popen(("exec 2>&1; " + command).c_str(), "r");
  if (pipe == nullptr) {
    return "(cannot run)\n";
  }
  std::array<char, 4096> block{};
  while (const std::size_t count = fread(block.data(), 1, block.size(), pipe)) {
    output.append(block.data(), count);
  }
  const int status = pclose(pipe);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    output += "(exit " + std::to_string(WEXITSTATUS(status)) + ")\n";
  }
  return output;
}

/// A command of a page with the output that stands behind it.
struct Example {
  std::size_t line = 0;
  std::string command;
  std::string expected;
};

/// The file that a block is whose first line this is: "```json polls.json"; "" when it is none.
std::string file_begun_by(const std::string& line) {
  const std::size_t space = line.rfind("```", 0) == 0 ? line.find(' ') : std::string::npos;
  return space == std::string::npos ? "" : line.substr(space + 1);
}

/// Writes the rest of a block into a file, and gives the number of its lines.
std::size_t keep_file(const std::string& name, std::istream& page, std::ostream& out) {
  std::ofstream file(name);
  std::size_t lines = 0;
  for (std::string line; std::getline(page, line);) {
    ++lines;
    out << line << '\n';
    if (line == "```") {
      break;
    }
    file << line << '\n';
  }
  return lines;
}

/// Walks over a page, runs each example through `run`, and gives the page as it should be.
template <class Run>
std::string walk(std::istream& page, Run&& run) {
  std::ostringstream out;
  std::string line;
  bool inside = false;
  std::size_t number = 0;
  Example example;
  const auto finish = [&] {
    if (!example.command.empty()) {
      out << run(example);
      example = {};
    }
  };
  while (std::getline(page, line)) {
    ++number;
    if (inside && (line.rfind("$ ", 0) == 0 || line == "```")) {
      finish();
      inside = line != "```";
      out << line << '\n';
      example = inside ? Example{number, line.substr(2), ""} : Example{};
    } else if (inside) {
      example.expected += line + '\n';
    } else {
      inside = line == "```console";
      out << line << '\n';
      if (const std::string name = file_begun_by(line); !name.empty()) {
        number += keep_file(name, page, out);
      }
    }
  }
  return out.str();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "usage: doc_runner BIN_DIR PAGE.md [--update]\n";
    return 2;
  }
  const bool update = argc > 3;
  const std::string page = fs::absolute(argv[2]).string();
  setenv("PATH", (fs::absolute(argv[1]).string() + ':' + std::getenv("PATH")).c_str(), 1);
  setenv("LD_LIBRARY_PATH", fs::absolute(argv[1]).c_str(), 1);  // as if it was installed
  setenv("TZ", "UTC", 1);
  unsetenv("FLEETMETER_DB");
  unsetenv("COLUMNS");
  std::string folder = (fs::temp_directory_path() / "fleetmeter-doc-XXXXXX").string();
  fs::current_path(mkdtemp(folder.data()));
  int examples = 0;
  int failures = 0;
  std::ifstream in(page);
  const std::string text = walk(in, [&](const Example& example) {
    const std::string output = output_of(example.command);
    ++examples;
    if (output != example.expected && !update) {
      ++failures;
      std::cout << page << ':' << example.line << ": $ " << example.command
                << "\n--- the page says\n"
                << example.expected << "--- it prints\n"
                << output;
    }
    return output;
  });
  fs::current_path("/");
  fs::remove_all(folder);
  if (update) {
    std::ofstream(page) << text;
  }
  std::cout << examples << " examples, " << failures << " differ\n";
  return examples == 0 || failures > 0 ? 1 : 0;
}
