#pragma once

#include <cstdio>
#include <memory>
#include <string>

#include "sim/archive.hpp"

namespace fleetmeter::sim {

/// How an archive lies on the disk: one file, a folder of files, or one folder a day.
enum class Layout { ndjson, files, tree };

/// A file that is written through a buffer; every failure throws.
class OutputFile {
 public:
  /// "-" is standard output.
  OutputFile(const std::string& path, bool append);
  void write(std::string_view text);
  void close();

 private:
  struct Closer {
    void operator()(std::FILE* file) const {
      if (file != stdout) {
        std::fclose(file);
      }
    }
  };
  std::string path_;
  std::unique_ptr<std::FILE, Closer> file_;
};

/// Puts the documents of an archive where they belong.
class ArchiveOutput {
 public:
  ArchiveOutput(std::string path, Layout layout);
  void write(const Document& document);
  void finish();

 private:
  std::string path_;
  Layout layout_;
  std::unique_ptr<OutputFile> single_;
};

/// The true story of each process, one CSV line each.
class TruthOutput {
 public:
  explicit TruthOutput(const std::string& path);
  void write(const TrueProcess& process);
  void finish() { file_.close(); }

 private:
  OutputFile file_;
  std::string line_;
};

}  // namespace fleetmeter::sim
